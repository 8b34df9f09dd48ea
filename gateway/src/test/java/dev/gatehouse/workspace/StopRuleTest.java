package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.IdlePolicy;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.StopRule.Verdict;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All times are minutes before now; a workspace goes after an hour without use, 3 minutes later.
 */
final class StopRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final WorkspaceId ID =
      new WorkspaceId(new Username("alice"), new WorkspaceName("main"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // state, since, used, kept, after, lifetime, busy, what happens
        "RUNNING,   10,   -,    -,  60,    -, 100, stays",
        "RUNNING,   62,   -,    -,  60,    -, 100, stays",
        "RUNNING,   63,   -,    -,  60,    -, 100, idle unless busy",
        "RUNNING,   63,   -,    -,  60,    -,   0, idle",
        "RUNNING,  600,  62,    -,  60,    -, 100, stays",
        "RUNNING,  600,  63,    -,  60,    -, 100, idle unless busy",
        // A use from before this start does not make it older than it is.
        "RUNNING,   10, 600,    -,  60,    -, 100, stays",
        // Another machine's clock is ahead: used in the future, or started there.
        "RUNNING,  600,  -5,    -,  60,    -, 100, stays",
        "RUNNING,   -5,   -,    -,  60,   10, 100, stays",
        // It is kept until later, until just now, and until long ago.
        "RUNNING,  600, 600,   -1,  60,    -, 100, stays",
        "RUNNING,  600, 600,    0,  60,    -, 100, idle unless busy",
        "RUNNING,  600,   5,  300,  60,    -, 100, stays",
        // Never for want of use.
        "RUNNING, 9999,   -,    -,   -,    -, 100, stays",
        // As old as it may get: used or not, kept or not, and only while it runs.
        "RUNNING,  479,   0,    -,  60,  480, 100, stays",
        "RUNNING,  480,   0,    -,  60,  480, 100, lifetime",
        "RUNNING,  480,   0, -600,  60,  480, 100, lifetime",
        "RUNNING,  480,   -,    -,   -,  480, 100, lifetime",
        "STARTING, 999,   -,    -,  60,  480, 100, stays",
        "STOPPING, 999,   -,    -,  60,  480, 100, stays",
        "STOPPED,  999,   -,    -,  60,  480, 100, stays",
      })
  void verdict_ofAWorkspace_isThis(
      State state,
      int since,
      Integer used,
      Integer kept,
      Integer after,
      Integer lifetime,
      int busy,
      String expected) {
    var info =
        new WorkspaceInfo(
            ID,
            new MachineTypeName("standard"),
            state,
            ago(since),
            Optional.ofNullable(used).map(StopRuleTest::ago),
            Optional.ofNullable(kept).map(StopRuleTest::ago),
            false);
    var policy =
        new IdlePolicy(
            Optional.ofNullable(after).map(Duration::ofMinutes),
            busy,
            Optional.ofNullable(lifetime).map(Duration::ofMinutes),
            Duration.ofMinutes(10));
    assertThat(words(new StopRule(policy).verdict(info, NOW))).isEqualTo(expected);
  }

  @Test
  void of_typeThatTheDefinitionHasNoMore_isTheUsual() {
    var definition =
        ClusterDefinitionFile.parse(
            "test",
            "{workspaces: {idle: {after: 7h}}, machineTypes: {standard: {idle: {after: 1h}}}}");
    assertThat(StopRule.of(definition, running("standard")).policy().after())
        .contains(Duration.ofHours(1));
    assertThat(StopRule.of(definition, running("gone")).policy().after())
        .contains(Duration.ofHours(7));
  }

  /** After, and from how much of a core on it counts as used. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"240, 100, 30, 100", "20, 50, 20, 50", "-, 0, 30, 100", "60, 0, 30, 100"})
  void overspent_ofARule_isSoonerAndLooksAtWhatComputes(
      Integer after, int busy, int sooner, int looks) {
    var policy =
        new IdlePolicy(
            Optional.ofNullable(after).map(Duration::ofMinutes),
            busy,
            Optional.empty(),
            Duration.ofMinutes(10));
    var rule = new StopRule(policy).overspent();
    assertThat(rule.policy().after()).contains(Duration.ofMinutes(sooner));
    assertThat(rule.policy().busyMillicores()).isEqualTo(looks);
    assertThat(rule.idleReason()).isEqualTo(StopReason.BUDGET);
  }

  @Test
  void pause_shortTimesInTheDefinition_isAQuarterOfTheShortest() {
    var definition =
        ClusterDefinitionFile.parse(
            "test", "machineTypes: {standard: {idle: {after: 20s, maxLifetime: 8s}}}");
    assertThat(StopRule.pause(definition, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void pause_longTimesInTheDefinition_isTheUsual() {
    var definition = ClusterDefinitionFile.parse("test", "{}");
    assertThat(StopRule.pause(definition, Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
  }

  private static WorkspaceInfo running(String type) {
    return new WorkspaceInfo(ID, new MachineTypeName(type), State.RUNNING, NOW);
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Stays() -> "stays";
      case Verdict.Stops(var reason) -> reason.name().toLowerCase(java.util.Locale.ROOT);
      case Verdict.StopsUnlessBusy _ -> "idle unless busy";
    };
  }
}
