package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What schedulers, autoscalers, kubelets and drivers say, word for word, is told to people. */
class DiagnosisTest {
  private static final String IMAGE = "registry.test/tools:1";

  // ---- no pod ----

  @Test
  void finding_noPodYet_waits() {
    assertThat(waiting(withoutPod()).what()).isEqualTo("asking for a pod");
  }

  @Test
  void finding_quotaExceeded_isHopelessAndSaysWhich() {
    var finding =
        withoutPod(
            event(
                "FailedCreate",
                "create Pod w-0 in StatefulSet w failed error: pods \"w-0\" is forbidden: exceeded"
                    + " quota: gpus, requested: requests.nvidia.com/gpu=1, used:"
                    + " requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2"));

    assertThat(hopeless(finding))
        .isEqualTo(
            new Failure.Unavailable(
                "quota-exceeded",
                "the workspaces together have used up what the cluster allows: gpus, requested:"
                    + " requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=2, limited:"
                    + " requests.nvidia.com/gpu=2"));
  }

  @Test
  void finding_podSecurityRefuses_isBroken() {
    var finding =
        withoutPod(
            event(
                "FailedCreate",
                "create Pod w-0 in StatefulSet w failed error: pods \"w-0\" is forbidden: violates"
                    + " PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false"));

    assertThat(hopeless(finding))
        .isEqualTo(
            new Failure.Broken(
                "pod-refused",
                "the cluster refuses the pod of this machine type: pods \"w-0\" is forbidden:"
                    + " violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation !="
                    + " false"));
  }

  @Test
  void finding_webhookDenies_isBroken() {
    var finding =
        withoutPod(
            event(
                "FailedCreate",
                "create Pod w-0 in StatefulSet w failed error: admission webhook"
                    + " \"validate.policies.svc-fail\" denied the request: no latest tags"));

    assertThat(hopeless(finding).message()).endsWith("denied the request: no latest tags");
  }

  @Test
  void finding_webhookDoesNotAnswer_waits() {
    var finding =
        withoutPod(
            event(
                "FailedCreate",
                "create Pod w-0 in StatefulSet w failed error: Internal error occurred: failed"
                    + " calling webhook \"pods.policies.svc\": context deadline exceeded"));

    assertThat(waiting(finding).what()).startsWith("asking for a pod: Internal error occurred");
  }

  // ---- no node ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0/3 nodes are available: 3 Insufficient cpu.|waiting for a node: none has enough CPU free
          0/3 nodes are available: 1 Insufficient memory, 2 node(s) had untolerated taint {pool: gpu}. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.|waiting for a node: none has enough memory free (2 are kept for others (pool: gpu))
          0/3 nodes are available: 3 Insufficient nvidia.com/gpu.|waiting for a node: none has enough GPUs free
          0/3 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Too many pods.|waiting for a node: none has enough CPU or memory free
          0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.|waiting for a node: none of its kind is there
          0/2 nodes are available: 2 node(s) had untolerated taint {pool: gpu}.|waiting for a node: none is open to it (2 are kept for others (pool: gpu))
          0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.|waiting for a node: none is open to it (1 is cordoned by an administrator)
          0/4 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }, 2 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.|waiting for a node: none has enough CPU free (1 is short of disk, 2 do not answer)
          0/2 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/memory-pressure: }, 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.|waiting for a node: none is open to it (1 is short of memory, 1 is for the cluster itself)
          0/3 nodes are available: 3 node(s) had volume node affinity conflict.|waiting for a node where the home's volume can be
          0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.|waiting for the volume of the home
          """)
  void finding_unschedulable_saysWhatLacks(String scheduler, String told) {
    assertThat(waiting(of(unscheduled(scheduler))).what()).isEqualTo(told);
  }

  /** What ends on a node does not change its labels and taints: only a new node would help. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.|true
          0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {pool: gpu}.|true
          0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.|true
          0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.|false
          0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 Insufficient cpu.|false
          0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.|false
          0/1 nodes are available: 1 node(s) were unschedulable.|false
          """)
  void finding_noNodeEver_isNotWaitedForLong(String scheduler, boolean brief) {
    assertThat(waiting(of(unscheduled(scheduler))).atMost().isPresent()).isEqualTo(brief);
    assertThat(waiting(of(unscheduled(scheduler))).ifTooLong().code()).isEqualTo("no-node");
  }

  @Test
  void finding_claimOfTheTypeIsNotThere_isHopelessAndNamesIt() {
    var finding =
        of(
            unscheduled(
                "0/1 nodes are available: persistentvolumeclaim \"data\" not found. preemption: 0/1"
                    + " nodes are available: 1 Preemption is not helpful for scheduling."));

    assertThat(hopeless(finding).code()).isEqualTo("volume-not-found");
    assertThat(hopeless(finding).message()).contains("the volume claim 'data'");
  }

  @Test
  void finding_provisionerFails_saysWhy() {
    var finding =
        new Diagnosis(
                Optional.of(
                    unscheduled("0/1 nodes: pod has unbound immediate PersistentVolumeClaims")),
                List.of(),
                List.of(),
                List.of(event("ProvisioningFailed", "storageclass.storage.k8s.io \"x\" not found")),
                Optional.empty())
            .finding();

    assertThat(waiting(finding).ifTooLong())
        .isEqualTo(
            new Failure.Unavailable(
                "no-volume",
                "no volume could be made for the home: storageclass.storage.k8s.io \"x\" not"
                    + " found"));
  }

  @Test
  void finding_homeIsOnAFullNode_saysWhatToStop() {
    var finding =
        of(
            unscheduled(
                "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match pod affinity"
                    + " rules."));

    assertThat(waiting(finding).ifTooLong().message())
        .isEqualTo(
            "no node has enough CPU free; the home can be on one node only, so stop your workspace"
                + " that has it there");
  }

  @Test
  void finding_autoscalerGrows_saysItsWords() {
    var finding =
        of(
            unscheduled("0/3 nodes are available: 3 Insufficient nvidia.com/gpu."),
            event("TriggeredScaleUp", "pod triggered scale-up: [{gpu 0->1 (max: 3)}]"));

    assertThat(waiting(finding).what())
        .isEqualTo("waiting for a new node: pod triggered scale-up: [{gpu 0->1 (max: 3)}]");
  }

  @Test
  void finding_karpenterNominates_saysItsWords() {
    var finding =
        of(
            unscheduled("0/3 nodes are available: 3 Insufficient cpu."),
            event("Nominated", "Pod should schedule on: nodeclaim/default-x7k2p"));

    assertThat(waiting(finding).what())
        .isEqualTo("waiting for a new node: Pod should schedule on: nodeclaim/default-x7k2p");
  }

  @Test
  void finding_autoscalerCannotGrow_isHopeless() {
    var finding =
        of(
            unscheduled("0/3 nodes are available: 3 Insufficient nvidia.com/gpu."),
            event(
                "NotTriggerScaleUp",
                "pod didn't trigger scale-up: 1 max node group size reached, 2 Insufficient"
                    + " nvidia.com/gpu"));

    assertThat(hopeless(finding))
        .isEqualTo(
            new Failure.Unavailable(
                "no-node",
                "no node has enough GPUs free, and the cluster cannot get one that does"));
  }

  @Test
  void finding_autoscalerTriesAgainLater_waits() {
    var finding =
        of(
            unscheduled("0/3 nodes are available: 3 Insufficient cpu."),
            event(
                "NotTriggerScaleUp",
                "pod didn't trigger scale-up: 1 in backoff after failed scale-up"));

    assertThat(waiting(finding).what()).isEqualTo("waiting for a node: none has enough CPU free");
  }

  // ---- images ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rpc error: code = NotFound desc = failed to pull and unpack image "registry.test/tools:1": failed to resolve reference "registry.test/tools:1": registry.test/tools:1: not found|image-not-found
          failed to resolve reference "registry.test/tools:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed|image-not-found
          Error response from daemon: manifest for registry.test/tools:1 not found: manifest unknown|image-not-found
          failed to resolve reference "registry.test/tools:1": unexpected status from HEAD request to https://registry.test/v2/: 403 Forbidden|image-denied
          failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized for registry.test/tools:1|image-denied
          """)
  void finding_imageCannotBePulled_isBroken(String kubelet, String code) {
    var back = waitingContainer("ImagePullBackOff", "Back-off pulling image \"" + IMAGE + "\"");

    var finding =
        of(scheduled(back), event("Failed", "Failed to pull image \"" + IMAGE + "\": " + kubelet));

    assertThat(hopeless(finding)).isInstanceOf(Failure.Broken.class);
    assertThat(hopeless(finding).code()).isEqualTo(code);
    assertThat(hopeless(finding).message()).contains("'" + IMAGE + "'");
  }

  @Test
  void finding_registryDoesNotAnswer_waits() {
    var error =
        waitingContainer(
            "ErrImagePull",
            "failed to resolve reference \"registry.test/tools:1\": dial tcp 10.1.2.3:443: i/o"
                + " timeout");

    assertThat(waiting(of(scheduled(error))).what())
        .isEqualTo("pulling the image registry.test/tools:1, which has failed and is tried again");
  }

  @Test
  void finding_imageNameIsNone_isBroken() {
    var error = waitingContainer("InvalidImageName", "Failed to apply default image tag \"A:B:C\"");

    assertThat(hopeless(of(scheduled(error))).code()).isEqualTo("image-not-found");
  }

  // ---- volumes ----

  @Test
  void finding_homeOnADeadNode_saysSo() {
    var finding =
        of(
            scheduled(waitingContainer("PodInitializing", "")),
            event(
                "FailedAttachVolume",
                "Multi-Attach error for volume \"pvc-1\" Volume is already exclusively attached to"
                    + " one node and can't be attached to another"));

    assertThat(waiting(finding).ifTooLong().code()).isEqualTo("home-attached-elsewhere");
  }

  @Test
  void finding_mountFailed_saysWhy() {
    var finding =
        of(
            scheduled(waitingContainer("PodInitializing", "")),
            event("FailedMount", "MountVolume.SetUp failed for volume \"x-data\" : no route"));

    assertThat(waiting(finding).what())
        .isEqualTo(
            "waiting for its volumes: MountVolume.SetUp failed for volume \"x-data\" : no route");
  }

  @Test
  void finding_mountFailedAndThenDidNot_isForgotten() {
    var finding =
        of(
            scheduled(waitingContainer("PodInitializing", "")),
            event("FailedMount", "configmap \"gatehouse-people\" not found", 10),
            event("Pulling", "Pulling image \"tools\"", 12));

    assertThat(waiting(finding).what()).isEqualTo("pulling the image \"tools\"");
  }

  // ---- its containers ----

  @Test
  void finding_crashLoop_namesTheExitCode() {
    var crashing =
        ended("workspace", 127, "Error")
            .withNewState()
            .withNewWaiting("back-off 10s restarting failed container", "CrashLoopBackOff")
            .endState()
            .build();

    assertThat(of(scheduled(crashing)))
        .isInstanceOfSatisfying(
            Finding.Crashing.class,
            c ->
                assertThat(c.container() + " " + c.how())
                    .isEqualTo("workspace with exit code 127"));
  }

  @Test
  void finding_runtimeCannotStartIt_saysTheKubeletsCause() {
    var crashing =
        ended("workspace", 128, "StartError")
            .editLastState()
            .editTerminated()
            .withMessage("exec: \"/gate/bin/start\": no such file or directory")
            .endTerminated()
            .endLastState()
            .withNewState()
            .withNewWaiting("back-off", "CrashLoopBackOff")
            .endState()
            .build();

    assertThat(of(scheduled(crashing)))
        .isInstanceOfSatisfying(
            Finding.Crashing.class,
            c ->
                assertThat(c.how())
                    .isEqualTo(
                        "with exit code 128 (exec: \"/gate/bin/start\": no such file or"
                            + " directory)"));
  }

  @Test
  void finding_startsAgainAfterItRanOutOfMemory_saysSo() {
    var again =
        ended("workspace", 137, "OOMKilled")
            .withNewState()
            .withNewRunning("2026-01-01T00:00:00Z")
            .endState()
            .build();
    var pod =
        scheduled(again)
            .edit()
            .editStatus()
            .addNewCondition()
            .withType("Initialized")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();

    assertThat(waiting(of(pod)).what())
        .isEqualTo("waiting for its sshd: it ran out of memory and was started again");
  }

  @Test
  void finding_evicted_saysWhy() {
    var pod =
        scheduled()
            .edit()
            .editStatus()
            .withPhase("Failed")
            .withReason("Evicted")
            .withMessage("The node was low on resource: memory. Threshold quantity: 100Mi.")
            .endStatus()
            .build();

    assertThat(waiting(of(pod)).what())
        .isEqualTo("waiting for it to start again: its node ran short of memory and ended it");
  }

  @Test
  void finding_outOfMemoryAgainAndAgain_saysSo() {
    var crashing = ended("workspace", 137, "OOMKilled").withRestartCount(2).build();

    assertThat(of(scheduled(crashing)))
        .isInstanceOfSatisfying(
            Finding.Crashing.class,
            c ->
                assertThat(c.how())
                    .isEqualTo("because it needs more memory than its machine type gives it"));
  }

  @Test
  void finding_secretCacheIsLate_waits() {
    var late =
        waitingContainer(
            "CreateContainerConfigError",
            "failed to sync secret cache: timed out waiting for the condition");

    assertThat(of(scheduled(late))).isInstanceOf(Finding.Waiting.class);
  }

  @Test
  void finding_containerCannotBeMade_isBroken() {
    var error =
        waitingContainer("CreateContainerError", "failed to generate spec: path \"/x\" is mounted");

    assertThat(hopeless(of(scheduled(error))).code()).isEqualTo("container-not-made");
  }

  // ---- an image that is to hold the toolbox ----

  @Test
  void finding_imageHoldsNoToolbox_saysSoAtOnce() {
    var error =
        ended("workspace", 128, "StartError")
            .editLastState()
            .editTerminated()
            .withMessage(
                "exec: \"/gate/bin/start\": stat /gate/bin/start: no such file or directory")
            .endTerminated()
            .endLastState()
            .build();

    var why = hopeless(of(including(error)));

    assertThat(why.code()).isEqualTo("toolbox-not-included");
    assertThat(why.message()).contains(IMAGE).contains("is not there");
  }

  @Test
  void finding_toolboxInTheImageIsAnother_saysWhatItSays() {
    var error =
        ended("workspace", 78, "Error")
            .editLastState()
            .editTerminated()
            .withMessage("toolbox: is of version 1, and the gateway wants version 2\n")
            .endTerminated()
            .endLastState()
            .build();

    var why = hopeless(of(including(error)));

    assertThat(why.code()).isEqualTo("toolbox-not-included");
    assertThat(why.message()).contains("is of version 1, and the gateway wants version 2");
  }

  /** Its programs may say what they like. */
  @Test
  void finding_workspaceEndsForAnotherReason_isNoMatterOfTheToolbox() {
    var crashing =
        ended("workspace", 1, "Error")
            .withNewState()
            .withNewWaiting("back-off", "CrashLoopBackOff")
            .endState()
            .build();

    assertThat(of(including(crashing))).isInstanceOf(Finding.Crashing.class);
  }

  private static Pod including(ContainerStatus status) {
    return scheduled(status)
        .edit()
        .withNewSpec()
        .addNewContainer()
        .withName("workspace")
        .addNewEnv()
        .withName("GATEHOUSE_TOOLBOX")
        .withValue("1")
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }

  // ---- the pod's life ----

  @Test
  void finding_podIsReady_isReady() {
    var pod =
        scheduled()
            .edit()
            .editStatus()
            .withPodIP("10.0.0.7")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();

    assertThat(of(pod)).isEqualTo(new Finding.Ready(pod));
  }

  @Test
  void finding_podIsBeingDeleted_waitsForItsEnd() {
    var pod =
        scheduled()
            .edit()
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    assertThat(waiting(of(pod)).ifTooLong().code()).isEqualTo("workspace-stopping");
  }

  /** The node controller says so of the pod, and leaves what the kubelet said of its containers. */
  @Test
  void finding_nodeIsSilent_saysSinceWhenAndWhatComesNext() {
    assertThat(waiting(of(silent(false))).what())
        .isEqualTo("waiting for its node node1, which has not answered since 09:00 UTC");
    assertThat(waiting(of(silent(false))).ifTooLong())
        .isEqualTo(
            new Failure.Unavailable(
                "node-lost",
                "its node node1 has not answered since 09:00 UTC, and neither does the workspace;"
                    + " the cluster gives it up at 09:05 UTC and then starts it elsewhere once the"
                    + " node is back or an administrator has removed it; the home is kept, so"
                    + " connect again later"));
    assertThat(waiting(of(silent(false))).atMost()).isPresent();
  }

  @Test
  void finding_nodeIsSilentAndGivenUp_saysSo() {
    assertThat(waiting(of(silent(true))).ifTooLong().message())
        .contains("the cluster has given it up, and starts it elsewhere once the node is back");
  }

  /** The event of an outage that is over says nothing of what is wrong now. */
  @Test
  void finding_nodeWasSilentOnceAndNowItCrashes_saysThatItCrashes() {
    var crashing =
        ended("workspace", 1, "Error")
            .withNewState()
            .withNewWaiting("back-off", "CrashLoopBackOff")
            .endState()
            .build();

    assertThat(of(scheduled(crashing), event("NodeNotReady", "Node is not ready")))
        .isInstanceOf(Finding.Crashing.class);
  }

  private static Pod silent(boolean ending) {
    return scheduled()
        .edit()
        .editMetadata()
        .withDeletionTimestamp(ending ? "2026-01-01T09:05:00Z" : null)
        .endMetadata()
        .withNewSpec()
        .withNodeName("node1")
        .addNewToleration()
        .withKey("node.kubernetes.io/unreachable")
        .withOperator("Exists")
        .withEffect("NoExecute")
        .withTolerationSeconds(300L)
        .endToleration()
        .endSpec()
        .editStatus()
        .withPodIP("10.0.0.7")
        .addNewCondition()
        .withType("ContainersReady")
        .withStatus("True")
        .endCondition()
        .addNewCondition()
        .withType("Ready")
        .withStatus("False")
        .withLastTransitionTime("2026-01-01T09:00:00Z")
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void finding_podWithoutStatus_waits() {
    var pod = new PodBuilder().withNewMetadata().withName("w-0").endMetadata().build();

    assertThat(of(pod)).isInstanceOf(Finding.Waiting.class);
  }

  @Test
  void finding_messageWithEscapes_isPlain() {
    var finding = of(unscheduled("\u001b]52;c;aGk=\u0007\nnodes"));

    assertThat(waiting(finding).what()).matches("[ -~]*");
  }

  // ---- small things ----

  private static Finding withoutPod(Event... ofTheSet) {
    return new Diagnosis(
            Optional.empty(), List.of(), List.of(ofTheSet), List.of(), Optional.empty())
        .finding();
  }

  private static Finding of(Pod pod, Event... events) {
    return new Diagnosis(Optional.of(pod), List.of(events), List.of(), List.of(), Optional.empty())
        .finding();
  }

  private static Finding.Waiting waiting(Finding finding) {
    assertThat(finding).isInstanceOf(Finding.Waiting.class);
    return (Finding.Waiting) finding;
  }

  private static Failure hopeless(Finding finding) {
    assertThat(finding).isInstanceOf(Finding.Hopeless.class);
    return ((Finding.Hopeless) finding).why();
  }

  private static Event event(String reason, String message) {
    return event(reason, message, 0);
  }

  private static Event event(String reason, String message, int second) {
    return new EventBuilder()
        .withNewMetadata()
        .endMetadata()
        .withReason(reason)
        .withMessage(message)
        .withLastTimestamp("2026-01-01T00:00:%02dZ".formatted(second))
        .build();
  }

  /** The toolbox's home tells it by the termination message of its container. */
  @Test
  void finding_homeIsNotThePersons_saysSoWhileItStarts() {
    var told = "the home belongs to uid 50001 and not to you";
    var pod =
        pod("True", "")
            .edit()
            .editStatus()
            .addNewCondition()
            .withType("Initialized")
            .withStatus("True")
            .endCondition()
            .addNewInitContainerStatus()
            .withName("people")
            .withNewState()
            .withNewTerminated()
            .withExitCode(0)
            .withMessage(told + "\nusers:H4sIAAAA\n")
            .endTerminated()
            .endState()
            .endInitContainerStatus()
            .endStatus()
            .build();

    assertThat(waiting(of(pod)).what()).isEqualTo("waiting for its sshd: " + told);
  }

  private static Pod unscheduled(String message) {
    return pod("False", message);
  }

  private static Pod scheduled(ContainerStatus... containers) {
    return pod("True", "")
        .edit()
        .editStatus()
        .withContainerStatuses(containers)
        .endStatus()
        .build();
  }

  private static Pod pod(String scheduled, String message) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("w-0")
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus(scheduled)
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  private static ContainerStatus waitingContainer(String reason, String message) {
    return new ContainerStatusBuilder()
        .withName("workspace")
        .withImage(IMAGE)
        .withNewState()
        .withNewWaiting(message, reason)
        .endState()
        .build();
  }

  private static ContainerStatusBuilder ended(String name, int exit, String reason) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withImage(IMAGE)
        .withNewLastState()
        .withNewTerminated()
        .withExitCode(exit)
        .withReason(reason)
        .endTerminated()
        .endLastState();
  }
}
