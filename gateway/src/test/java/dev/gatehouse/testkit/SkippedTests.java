package dev.gatehouse.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Says once, at the end of a run, what was skipped and why, and the one command that would run it.
 * JUnit finds it by {@code META-INF/services}.
 */
public final class SkippedTests implements TestExecutionListener {
  /** Why, by the command that helps. */
  private static final Map<String, Set<String>> REASONS = new ConcurrentSkipListMap<>();

  /** What that command is to be given, such as packages. */
  private static final Map<String, Set<String>> ARGUMENTS = new ConcurrentSkipListMap<>();

  /**
   * @param remedy a command, or what the machine would have to have
   */
  static void note(String reason, String remedy) {
    add(REASONS, remedy, reason);
  }

  static void note(String program, String installer, String what) {
    add(REASONS, installer, program + " is missing");
    add(ARGUMENTS, installer, what);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!REASONS.isEmpty()) {
      System.out.println("Some tests were skipped. To have them run:");
    }
    REASONS.forEach(
        (remedy, reasons) ->
            System.out.printf(
                "  %s  # %s%n",
                String.join(" ", concat(remedy, ARGUMENTS.getOrDefault(remedy, Set.of()))),
                String.join(", ", reasons)));
    REASONS.clear();
    ARGUMENTS.clear();
  }

  private static List<String> concat(String first, Set<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private static void add(Map<String, Set<String>> map, String key, String value) {
    map.computeIfAbsent(key, _ -> new ConcurrentSkipListSet<>()).add(value);
  }
}
