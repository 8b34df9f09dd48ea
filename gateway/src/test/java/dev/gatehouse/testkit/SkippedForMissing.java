package dev.gatehouse.testkit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Says once, at the end of a run, what was skipped for a missing program and the one command that
 * brings it. JUnit finds it by {@code META-INF/services}.
 */
public final class SkippedForMissing implements TestExecutionListener {
  private static final Set<String> REASONS = new ConcurrentSkipListSet<>();
  private static final Map<String, Set<String>> INSTALLERS = new ConcurrentSkipListMap<>();

  static void note(String reason) {
    REASONS.add(reason);
  }

  static void note(String program, String installer, String what) {
    REASONS.add(program + " is missing");
    INSTALLERS.computeIfAbsent(installer, _ -> new ConcurrentSkipListSet<>()).add(what);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!REASONS.isEmpty()) {
      System.out.println("Tests were skipped: " + String.join(", ", REASONS));
      INSTALLERS.forEach(
          (installer, what) -> System.out.println("  " + installer + " " + String.join(" ", what)));
    }
    REASONS.clear();
    INSTALLERS.clear();
  }
}
