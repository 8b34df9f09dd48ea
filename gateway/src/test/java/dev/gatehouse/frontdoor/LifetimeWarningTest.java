package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.IdlePolicy;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.StopRule;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A workspace since noon, which may live for eight hours; terminals are told ten minutes before.
 */
final class LifetimeWarningTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final StopRule RULE = rule(Optional.of(Duration.ofHours(8)));

  @ParameterizedTest
  @CsvSource({"469, false", "470, true", "479, true", "480, false", "600, false"})
  void of_minutesAfterTheStart_isThereInTheLastTenOnly(int minutes, boolean warned) {
    assertThat(LifetimeWarning.of(info(State.RUNNING), RULE, after(minutes)).isPresent())
        .isEqualTo(warned);
  }

  @Test
  void of_theLastMinutes_saysWhenItEndsAndWhatHelps() {
    assertThat(LifetimeWarning.of(info(State.RUNNING), RULE, after(471)).orElseThrow())
        .isEqualTo(
            new LifetimeWarning(
                after(480),
                "gatehouse: workspace main is as old as a machine of type standard may get: it"
                    + " stops in 9 min, at 20:00 UTC. Save your work; files in your home stay."
                    + " 'gate workspace keep' does not put this off: connect again afterwards, and"
                    + " it starts anew"));
  }

  @Test
  void of_itDoesNotRun_isNoWarning() {
    assertThat(LifetimeWarning.of(info(State.STOPPING), RULE, after(475))).isEmpty();
  }

  @Test
  void of_itMayLiveForEver_isNoWarning() {
    assertThat(LifetimeWarning.of(info(State.RUNNING), rule(Optional.empty()), after(475)))
        .isEmpty();
  }

  private static StopRule rule(Optional<Duration> maxLifetime) {
    return new StopRule(new IdlePolicy(Optional.empty(), 100, maxLifetime, Duration.ofMinutes(10)));
  }

  private static WorkspaceInfo info(State state) {
    return new WorkspaceInfo(
        new WorkspaceId(new Username("alice"), new WorkspaceName("main")),
        new MachineTypeName("standard"),
        state,
        NOON);
  }

  private static Instant after(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }
}
