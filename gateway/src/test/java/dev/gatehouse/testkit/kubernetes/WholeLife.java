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
        var _ = new PretendingKubelet(server, KubernetesCluster.NAMESPACE);
        var workspaces = workspaces(client, people.administration(), KubernetesCluster.CA);
        var later = workspaces(client, away(), KeyFile.publicKey(KeyFile.generateEd25519()))) {
      controllers.makeSnapshots();
      controllers.finishJobs();
      live(workspaces, server);
      run(later);
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

  private static void live(KubernetesWorkspaces workspaces, ApiServer server) {
    Poll.until("the cluster is known", () -> workspaces.all() != null);
    workspaces.refreshPeople();
    await(workspaces.create(spec()));
    await(workspaces.start(spec()).endpoint());
    workspaces.used(ID);
    await(workspaces.keep(ID, Optional.of(Instant.now())));
    var _ = workspaces.logs(ID, 10);
    var _ = workspaces.events(ID);
    var _ = workspaces.usage(ID);
    var _ = workspaces.home(ALICE);
    await(workspaces.stop(ID, StopReason.PERSON));
    await(workspaces.changeType(ID, new MachineTypeName("standard")));
    // The set was made by another version, and a field of it cannot be changed.
    server.fail("PATCH .*/statefulsets/", 422, ApiRules.IMMUTABLE, 1);
    run(workspaces);
    snapshots(workspaces);
  }

  private static void snapshots(KubernetesWorkspaces workspaces) {
    workspaces.upkeep(() -> Optional.of(Instant.EPOCH)).round();
    var snapshots = workspaces.snapshots().orElseThrow();
    var taken = await(snapshots.create(ALICE));
    var _ = await(snapshots.copy(spec().owner(), taken.name()));
    var _ = await(snapshots.replace(ALICE, taken.name()));
    await(snapshots.delete(ALICE, taken.name()));
  }

  private static void run(KubernetesWorkspaces workspaces) {
    await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID, StopReason.PERSON));
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

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
