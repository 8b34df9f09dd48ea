package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process: proc(5). */
final class Proc {
  /** USER_HZ, the unit of times in {@code stat}; the same on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of {@code stat} after the name, which may hold blanks: utime, stime, cutime, cstime. */
  private static final int UTIME = 11;

  private Proc() {}

  /** Seconds of CPU of this process, without its children. */
  static double cpuSeconds(long pid) {
    var fields = stat(pid);
    return ticks(fields, UTIME) + ticks(fields, UTIME + 1);
  }

  /** As above, with the children that have ended and were waited for. */
  static double cpuSecondsWithEnded(long pid) {
    var fields = stat(pid);
    return cpuSeconds(pid) + ticks(fields, UTIME + 2) + ticks(fields, UTIME + 3);
  }

  /** Proportional set size in bytes; 0 if the process has gone. */
  static long pss(long pid) {
    return kilobytes(pid, "Pss:") << 10;
  }

  /** What it has of the machine's memory, in bytes, what it shares included; 0 if it has gone. */
  static long rss(long pid) {
    return kilobytes(pid, "Rss:") << 10;
  }

  private static long kilobytes(long pid, String field) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** How many files a process of this user may have open; Java takes all it may. */
  static int mostFiles() {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith("Max open files")) {
          var hard = line.split(" {2,}", -1)[2];
          return hard.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(hard);
        }
      }
      throw new AssertionError("/proc/self/limits does not tell how many files may be open");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double ticks(String[] fields, int index) {
    return Long.parseLong(fields[index]) / TICKS_PER_SECOND;
  }

  private static String[] stat(long pid) {
    try {
      var line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
