package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** How the gateway's JVM is started and asked. */
final class Jvm {
  /** The launcher's last line. */
  private static final Pattern EXEC =
      Pattern.compile("^exec \"\\$jdk/bin/java\" (.*?)\"\\$@\"$", Pattern.MULTILINE);

  private Jvm() {}

  static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** What the launcher gives it, so that what is measured is what people run. */
  static List<String> launcherOptions() {
    var exec = EXEC.matcher(Folders.read(Path.of("bin", "gatehouse").toAbsolutePath()));
    if (!exec.find()) {
      throw new AssertionError("bin/gatehouse has no line that begins with: exec \"$jdk/bin/java\"");
    }
    return words(exec.group(1));
  }

  /** {@code bench.jvm}: what an experiment adds. */
  static List<String> moreOptions() {
    return words(System.getProperty("bench.jvm", ""));
  }

  /** Has it collect all garbage; returns when it has. */
  static void collect(long pid) {
    jcmd(pid, "GC.run");
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
