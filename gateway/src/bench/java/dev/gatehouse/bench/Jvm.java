package dev.gatehouse.bench;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How the gateway's JVM is started and asked. */
final class Jvm {
  private static final Duration START = Duration.ofMinutes(3);

  private Jvm() {}

  static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** What the launcher gives it, so that what is measured is what people run. */
  static String launcherOptions() {
    return "@" + Path.of("..", "config", "jvm.options").toAbsolutePath().normalize();
  }

  /** {@code bench.jvm}: what an experiment adds. */
  static List<String> moreOptions() {
    return words(System.getProperty("bench.jvm", ""));
  }

  /** What it says when it is ready, for which a machine with much to do may take long. */
  static MatchResult awaitStdout(Running process, String regex) {
    var wanted = Pattern.compile(regex);
    var found = new AtomicReference<MatchResult>();
    Poll.until(
        () -> "%s on stdout; stderr: %s".formatted(regex, process.stderrSoFar()),
        START,
        () -> {
          var said = wanted.matcher(new String(process.stdoutSoFar(), StandardCharsets.UTF_8));
          if (said.find()) {
            found.set(said.toMatchResult());
          }
          return found.get() != null || !process.isAlive();
        });
    return Objects.requireNonNull(found.get(), () -> "it has ended: " + process.stderrSoFar());
  }

  /** Has it collect all garbage; returns when it has. */
  static void collect(long pid) {
    jcmd(pid, "GC.run");
  }

  /** Bytes of all objects that are reachable. */
  static long live(long pid) {
    var total = Pattern.compile("^Total +\\d+ +(\\d+)$", Pattern.MULTILINE);
    var found = total.matcher(jcmd(pid, "GC.class_histogram"));
    if (!found.find()) {
      throw new AssertionError("jcmd GC.class_histogram tells no total");
    }
    return Long.parseLong(found.group(1));
  }

  /** How many objects of a class with this simple name are reachable. */
  static int instances(long pid, String simpleName) {
    var line = Pattern.compile("^ *\\d+: +(\\d+) .*\\." + simpleName + "$", Pattern.MULTILINE);
    var found = line.matcher(jcmd(pid, "GC.class_histogram"));
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  static String jcmd(long pid, String... command) {
    return Program.in(Path.of("/"), List.of(program("jcmd"), Long.toString(pid)))
        .and(command)
        .run()
        .ok()
        .stdout();
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
