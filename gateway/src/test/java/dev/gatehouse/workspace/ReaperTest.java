package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Nobody has used alice's workspace for two hours; after one it may go. */
final class ReaperTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(2));
  private static final WorkspaceId ID =
      new WorkspaceId(new Username("alice"), new WorkspaceName("main"));
  private static final ClusterDefinition DEFINITION =
      ClusterDefinitionFile.parse(
          "test", "machineTypes: {standard: {idle: {after: 1h, busyMillicores: 100}}}");

  private final Platform platform = new Platform();

  @Test
  void round_asLeader_stopsIt() {
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).containsExactly("alice/main IDLE");
  }

  @Test
  void round_notLeader_stopsNothing() {
    reaper(Optional.empty()).round();
    assertThat(platform.stopped).isEmpty();
  }

  /** The API server was away for hours, and no gateway could tell of use meanwhile. */
  @Test
  void round_leaderForAMoment_stopsNothingYet() {
    reaper(Optional.of(NOW.minus(Duration.ofMinutes(2)))).round();
    assertThat(platform.stopped).isEmpty();
  }

  @Test
  void round_usedSinceItWasListed_staysAsItIs() {
    platform.fresh = Optional.of(lastUsed(NOW));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
  }

  @Test
  void round_itsProcessesAreBusy_countsThatAsUse() {
    platform.usage = Optional.of(new Usage(100, 0));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
    assertThat(platform.used).containsExactly(ID);
  }

  @Test
  void round_itsProcessesDoLittle_stopsIt() {
    platform.usage = Optional.of(new Usage(99, 0));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).hasSize(1);
    assertThat(platform.used).isEmpty();
  }

  @Test
  void round_usedLately_isNotMeasured() {
    platform.all = List.of(lastUsed(NOW));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.measured).isZero();
  }

  @Test
  void round_apiServerIsAway_isOverWithoutNoise() {
    platform.away = true;
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
  }

  /** Whose budget is spent: half an hour without use is enough. */
  @Test
  void round_ofSomebodyWhoseBudgetIsSpent_stopsItSooner() {
    platform.all = List.of(lastUsed(NOW.minus(Duration.ofMinutes(34))));
    platform.usage = Optional.of(new Usage(5, 0));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
    overspent = true;
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).containsExactly("alice/main BUDGET");
  }

  @Test
  void round_ofWhatComputesThoughTheBudgetIsSpent_stopsNothing() {
    overspent = true;
    platform.all = List.of(lastUsed(NOW.minus(Duration.ofMinutes(34))));
    platform.usage = Optional.of(new Usage(100, 0));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
    assertThat(platform.used).containsExactly(ID);
  }

  /** It may compute, and nobody can tell: for money it is not stopped, for want of use it is. */
  @Test
  void round_whereNobodyMeasures_stopsNothingForMoney() {
    overspent = true;
    platform.all = List.of(lastUsed(NOW.minus(Duration.ofMinutes(34))));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
    platform.all = List.of(lastUsed(NOW.minus(Duration.ofMinutes(64))));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).containsExactly("alice/main IDLE");
  }

  @Test
  void round_ofWhatIsKept_staysThoughTheBudgetIsSpent() {
    overspent = true;
    platform.usage = Optional.of(new Usage(5, 0));
    platform.all =
        List.of(
            new WorkspaceInfo(
                ID,
                new MachineTypeName("standard"),
                State.RUNNING,
                LONG_AGO,
                Optional.of(LONG_AGO),
                Optional.of(NOW.plusSeconds(60)),
                false));
    reaper(Optional.of(LONG_AGO)).round();
    assertThat(platform.stopped).isEmpty();
  }

  private boolean overspent;

  private Reaper reaper(Optional<Instant> leading) {
    return new Reaper(platform, () -> DEFINITION, _ -> overspent, () -> leading, () -> NOW);
  }

  private static WorkspaceInfo lastUsed(Instant lastUse) {
    return new WorkspaceInfo(
        ID,
        new MachineTypeName("standard"),
        State.RUNNING,
        LONG_AGO,
        Optional.of(lastUse),
        Optional.empty(),
        false);
  }

  private static final class Platform extends BareWorkspaces {
    private final List<String> stopped = new ArrayList<>();
    private final List<WorkspaceId> used = new ArrayList<>();
    private List<WorkspaceInfo> all = List.of(lastUsed(LONG_AGO));
    private Optional<WorkspaceInfo> fresh = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private int measured;
    private boolean away;

    @Override
    public Start start(WorkspaceSpec spec) {
      throw new AssertionError("a reaper starts nothing");
    }

    @Override
    public CompletionStage<Boolean> stopIf(
        WorkspaceId id, StopReason reason, Predicate<WorkspaceInfo> condition) {
      var stops = condition.test(fresh.orElse(all.getFirst()));
      if (stops) {
        stopped.add(id + " " + reason);
      }
      return CompletableFuture.completedStage(stops);
    }

    @Override
    public List<WorkspaceInfo> all() {
      if (away) {
        throw new FailureException(new Failure.Unavailable("kubernetes-unavailable", "away"));
      }
      return all;
    }

    @Override
    public void used(WorkspaceId id) {
      used.add(id);
    }

    @Override
    public Optional<Usage> usage(WorkspaceId id) {
      measured++;
      return usage;
    }
  }
}
