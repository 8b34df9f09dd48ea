#!/usr/bin/env bash
# helm-java 0.0.21 (Helm 3.21 in the JVM): after one render the JVM no longer ends on SIGTERM, nor on Ctrl-C.
# A guess: a library that renders text leaves the process's signals alone. In fact its install, which a render is too,
# calls Go's signal.Notify for SIGINT, SIGTERM and SIGQUIT to cancel a running install, and never signal.Stop: from then
# on Go takes the signals, the JVM does not see them, and shutdown hooks do not run. A pod is killed after its grace
# period.
# Whoever embeds it should read these signals' actions before the first call (sigaction) and write them back after it;
# Go installs its handlers the first time only.
#
# Seen:
#   before a render: SIGTERM runs the shutdown hook, and the JVM ends
#   after a render: SIGTERM does nothing
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
[[ $(uname -sm) == "Linux x86_64" ]] || { echo "$name: the library is there for Linux on amd64" >&2; exit 2; }
jars com.marcnuri.helm-java:helm-java:0.0.21 com.marcnuri.helm-java:linux-amd64:0.0.21

mkdir -p chart/templates
printf 'apiVersion: v2\nname: nothing\nversion: 0.0.0\n' > chart/Chart.yaml

cat > Signals.java <<'END'
import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class Signals {
  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      wait(args[0].equals("render"));
    } else {
      show("before a render", "none");
      show("after a render", "render");
    }
  }

  /** Ends by a signal, or by itself after ten seconds. */
  static void wait(boolean render) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    if (render) {
      new Helm(Path.of("chart")).template().withName("nothing").withNamespace("nothing").call();
    }
    System.out.println("ready");
    new CountDownLatch(1).await(10, TimeUnit.SECONDS);
    System.out.println("itself");
  }

  static void show(String title, String what) throws Exception {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var child =
        new ProcessBuilder(
                java, "--enable-native-access=ALL-UNNAMED", "-cp", "jars/*", "Signals.java", what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output = child.inputReader();
    if (!"ready".equals(output.readLine())) {
      throw new IllegalStateException("it did not start");
    }
    child.toHandle().destroy(); // SIGTERM
    var words = String.join(" ", output.lines().toList());
    System.out.println(
        title
            + (words.startsWith("itself")
                ? ": SIGTERM does nothing"
                : ": SIGTERM runs the shutdown hook, and the JVM ends"));
  }
}
END
java_run Signals.java > out
seen out
