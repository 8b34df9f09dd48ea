package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster shows of a workspace that ends, is told to the people in it. */
class EndingTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  @Test
  void ending_runs_isNone() {
    assertThat(ending(set(1, Map.of()), ready(true)).ifLost()).isEmpty();
  }

  /** A watch may show a pod before anything has written a status. */
  @Test
  void ending_podWithoutStatus_isNone() {
    var pod = new PodBuilder(ready(true)).withStatus(null).build();
    assertThat(ending(set(1, Map.of()), pod).certain()).isEmpty();
    assertThat(ending(set(1, Map.of()), pod).ifLost()).isEmpty();
  }

  @Test
  void ending_stoppedByAPerson_namesThem() {
    var marks = Map.of(Annotations.STOPPED_FOR, "person", Annotations.STOPPED_BY, "root");
    assertThat(ending(set(0, marks), ready(true)).certain())
        .contains(
            new Failure.Unavailable(
                "workspace-stopped", "workspace main is stopped by root; files in your home stay"));
  }

  @ParameterizedTest
  @CsvSource({
    "person, is stopped; files",
    "idle, since nobody used it",
    "lifetime, as old as its machine type may get"
  })
  void ending_stoppedByNobody_saysWhy(String why, String words) {
    var marks = Map.of(Annotations.STOPPED_FOR, why, Annotations.STOPPED_BY, "");
    assertThat(ending(set(0, marks), ready(true)).certain().orElseThrow().message())
        .contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "TerminationByKubelet, workspace-evicted, ran short of memory",
    "EvictionByEvictionAPI, workspace-evicted, its node is being emptied",
    "PreemptionByScheduler, workspace-evicted, something more important",
    "DeletionByTaintManager, node-lost, does not answer",
    "DeletionByPodGC, node-lost, does not answer"
  })
  void ending_disrupted_saysBy(String reason, String code, String words) {
    var pod =
        new PodBuilder(ready(false))
            .editStatus()
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason(reason)
            .endCondition()
            .endStatus()
            .build();
    var why = ending(set(1, Map.of()), pod).certain().orElseThrow();
    assertThat(why.code()).isEqualTo(code);
    assertThat(why.message()).startsWith("workspace main ").contains(words);
  }

  /** So without the condition, which is of Kubernetes 1.26. */
  @Test
  void ending_evictedByTheKubelet_saysSo() {
    var pod =
        new PodBuilder(ready(false))
            .editStatus()
            .withPhase("Failed")
            .withReason("Evicted")
            .endStatus()
            .build();
    assertThat(ending(set(1, Map.of()), pod).certain().orElseThrow().code())
        .isEqualTo("workspace-evicted");
  }

  @ParameterizedTest
  @CsvSource({"2026-11-30T09:59:50Z, true", "2026-11-30T08:00:00Z, false"})
  void ending_outOfMemory_isToldIfItWasNow(String finished, boolean told) {
    var pod =
        new PodBuilder(ready(true))
            .editStatus()
            .editFirstContainerStatus()
            .withNewLastState()
            .withNewTerminated()
            .withReason("OOMKilled")
            .withExitCode(137)
            .withFinishedAt(finished)
            .endTerminated()
            .endLastState()
            .endContainerStatus()
            .endStatus()
            .build();
    assertThat(ending(set(1, Map.of()), pod).certain().map(Failure::code))
        .isEqualTo(told ? Optional.of("workspace-out-of-memory") : Optional.empty());
  }

  @Test
  void ending_podIsDeleted_saysSo() {
    var pod =
        new PodBuilder(ready(true))
            .editMetadata()
            .withDeletionTimestamp(NOW.toString())
            .endMetadata()
            .build();
    assertThat(ending(set(1, Map.of()), pod).certain().map(Failure::code))
        .contains("workspace-pod-deleted");
    var gone = new Ending("main", Optional.of(set(1, Map.of())), List.of(), NOW);
    assertThat(gone.certain()).isEmpty();
    assertThat(gone.ifLost().map(Failure::code)).contains("workspace-pod-deleted");
  }

  /** Its sshd may still answer, so nobody is told while it does. */
  @Test
  void ending_nodeDoesNotAnswer_explainsALossOnly() {
    var pod =
        new PodBuilder(ready(true))
            .editStatus()
            .editFirstCondition()
            .withStatus("False")
            .endCondition()
            .endStatus()
            .build();
    var ending = ending(set(1, Map.of()), pod);
    assertThat(ending.certain()).isEmpty();
    assertThat(ending.ifLost().map(Failure::code)).contains("node-lost");
  }

  private static Ending ending(StatefulSet set, Pod pod) {
    return new Ending("main", Optional.of(set), List.of(pod), NOW);
  }

  private static StatefulSet set(int replicas, Map<String, String> marks) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withAnnotations(marks)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }

  private static Pod ready(boolean ready) {
    return new PodBuilder()
        .withNewMetadata()
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .addNewContainerStatus()
        .withReady(ready)
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
