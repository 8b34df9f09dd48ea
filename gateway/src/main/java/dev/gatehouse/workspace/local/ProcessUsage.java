package dev.gatehouse.workspace.local;

import dev.gatehouse.workspace.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What processes take: their processor time over a moment, and their resident memory. */
final class ProcessUsage {
  /** The kernel counts processor time in hundredths of a second. */
  private static final Duration MOMENT = Duration.ofMillis(500);

  private static final String RESIDENT = "VmRSS:";
  private static final int KIB = 1024;
  private static final int MILLI = 1000;

  private ProcessUsage() {}

  /** Blocks for half a second. */
  static Usage of(Set<ProcessHandle> processes) {
    var before = processorTimes(processes);
    var began = System.nanoTime();
    pause();
    var spent = 0L;
    for (var after : processorTimes(processes).entrySet()) {
      spent += after.getValue() - before.getOrDefault(after.getKey(), after.getValue());
    }
    var elapsed = System.nanoTime() - began;
    return new Usage(
        MILLI * spent / elapsed, processes.stream().mapToLong(ProcessUsage::resident).sum());
  }

  /** In nanoseconds, of those that live. */
  private static Map<ProcessHandle, Long> processorTimes(Set<ProcessHandle> processes) {
    var times = new HashMap<ProcessHandle, Long>();
    for (var process : processes) {
      process.info().totalCpuDuration().ifPresent(t -> times.put(process, t.toNanos()));
    }
    return times;
  }

  /** What processes share is counted for each of them. */
  private static long resident(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc", "" + process.pid(), "status"))) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
          .mapToLong(kib -> Long.parseLong(kib) * KIB)
          .sum();
    } catch (IOException e) {
      return 0; // it has ended
    }
  }

  private static void pause() {
    try {
      Thread.sleep(MOMENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
