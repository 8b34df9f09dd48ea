package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.kubernetes.KubernetesWorkspaces;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Everything that a gateway does with a workspace, from its creation to the end of its home, so
 * that what the API server was asked for can be compared with what a Role allows. Nothing runs: the
 * pod only says that it does.
 */
public final class WholeLife {
  private static final Username ALICE = new Username("alice");
  private static final WorkspaceId ID = new WorkspaceId(ALICE, WorkspaceName.MAIN);
  private static final ClusterDefinition DEFINITION =
      KubernetesCluster.definition("workspaces: {startTimeout: 1m}");

  private WholeLife() {}

  /** What was asked for, each once. */
  public static List<ApiServer.Access> accesses() {
    try (var server = ApiServer.start();
        var controllers = new Controllers(server, KubernetesCluster.NAMESPACE);
        var people = People.of(ALICE.value());
        var client = server.client();
        var kubelet = server.innerClient();
        var workspaces = workspaces(client, people.administration(), KubernetesCluster.CA);
        var later = workspaces(client, away(), KeyFile.publicKey(KeyFile.generateEd25519()))) {
      controllers.makeSnapshots();
      live(workspaces, server, kubelet);
      run(later, kubelet);
      await(later.delete(ID));
      await(later.deleteHome(ALICE));
      return server.accesses().stream().distinct().toList();
    }
  }

  private static KubernetesWorkspaces workspaces(
      KubernetesClient client, PeopleAdministration people, SshPublicKey userCa) {
    return new KubernetesWorkspaces(
        client, () -> DEFINITION, people, userCa, InstantSource.system());
  }

  /** A directory that does not answer. */
  private static PeopleAdministration away() {
    return (PeopleAdministration)
        Proxy.newProxyInstance(
            WholeLife.class.getClassLoader(),
            new Class<?>[] {PeopleAdministration.class},
            (_, _, _) -> {
              throw new FailureException(new Failure.Unavailable("directory-unavailable", "away"));
            });
  }

  private static void live(
      KubernetesWorkspaces workspaces, ApiServer server, KubernetesClient kubelet) {
    Poll.until("the cluster is known", () -> workspaces.all() != null);
    workspaces.refreshPeople();
    await(workspaces.create(spec()));
    var start = workspaces.start(spec());
    pretendToRun(kubelet);
    await(start.endpoint());
    workspaces.used(ID);
    await(workspaces.keep(ID, Optional.of(Instant.now())));
    var _ = workspaces.logs(ID, 10);
    var _ = workspaces.events(ID);
    var _ = workspaces.usage(ID);
    var _ = workspaces.home(ALICE);
    var stop = workspaces.stop(ID, StopReason.PERSON);
    pretendToEnd(kubelet);
    await(stop);
    await(workspaces.changeType(ID, new MachineTypeName("standard")));
    // The set was made by another version, and a field of it cannot be changed.
    server.fail("PATCH .*/statefulsets/", 422, ApiRules.IMMUTABLE, 1);
    run(workspaces, kubelet);
  }

  private static void run(KubernetesWorkspaces workspaces, KubernetesClient kubelet) {
    var start = workspaces.start(spec());
    pretendToRun(kubelet);
    await(start.endpoint());
    var stop = workspaces.stop(ID, StopReason.PERSON);
    pretendToEnd(kubelet);
    await(stop);
  }

  private static WorkspaceSpec spec() {
    var person =
        new Person(
            ALICE,
            10_000,
            10_000,
            "Alice",
            "/home/alice",
            "/bin/bash",
            Set.of(new GroupName("everyone")),
            List.of(),
            false);
    return new WorkspaceSpec(ID, person, DEFINITION.defaultType());
  }

  private static void pretendToRun(KubernetesClient kubelet) {
    Poll.until(
        "there is a pod",
        () ->
            pods(kubelet).stream().anyMatch(p -> p.getMetadata().getDeletionTimestamp() == null));
    var status =
        new PodStatusBuilder()
            .withPhase("Running")
            .withPodIP("127.0.0.1")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withLastTransitionTime(Instant.now().toString())
            .endCondition()
            .build();
    kubelet
        .pods()
        .resource(pods(kubelet).getFirst())
        .editStatus(pod -> pod.edit().withStatus(status).build());
  }

  /** Its containers have ended, so the pod may go. */
  private static void pretendToEnd(KubernetesClient kubelet) {
    Poll.until(
        "the pod is deleted",
        () ->
            pods(kubelet).stream().allMatch(p -> p.getMetadata().getDeletionTimestamp() != null));
    pods(kubelet)
        .forEach(
            pod ->
                kubelet
                    .pods()
                    .resource(pod)
                    .edit(p -> p.edit().editMetadata().withFinalizers(List.of()).endMetadata().build()));
  }

  private static List<Pod> pods(KubernetesClient kubelet) {
    return kubelet.pods().inNamespace(KubernetesCluster.NAMESPACE).list().getItems();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
