package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.directory.Person;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.SshTarget;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The gateway in front of a pod: a real container, with this machine's programs, so that it can do
 * what the clients ask of it, and its network, since they listen on both ends. The home has the
 * same path on both sides.
 */
public final class KubernetesTarget implements SshTarget {
  private static final Username ALICE = new Username("alice");
  private final String definition;

  private final MachineImage image = new MachineImage();
  private final KubernetesCluster cluster = KubernetesCluster.ofThisMachine(image);
  private final People people = People.of(ALICE.value());
  private final Path home;
  private final GatewayTarget gateway;

  private KubernetesTarget(String moreOfTheMachineType) {
    definition =
        "gateway: {port: 0}\nmachineTypes: {standard: {image: %s%s}}\n"
            .formatted(MachineImage.NAME, moreOfTheMachineType);
    home = makeHome();
    gateway = GatewayTarget.start(definition, home, people, this::workspaces);
  }

  public static KubernetesTarget start() {
    return start("");
  }

  /**
   * As above, with more keys of the machine type.
   *
   * @param more in YAML's flow style, each behind a comma
   */
  public static KubernetesTarget start(String more) {
    Programs.require("setfacl", "acl");
    return new KubernetesTarget(more);
  }

  private Path makeHome() {
    try {
      var made = Files.createDirectories(cluster.claim(KubernetesCluster.ALICES_HOME));
      share(made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Workspaces workspaces(SshPublicKey userCa) {
    var workspaces = cluster.workspaces(KubernetesCluster.definition(definition), userCa);
    return new BareWorkspaces() {
      @Override
      public Start start(WorkspaceSpec spec) {
        return workspaces.start(new WorkspaceSpec(spec.id(), withHome(spec.owner()), spec.type()));
      }

      @Override
      public List<WorkspaceInfo> list(Username owner) {
        return workspaces.list(owner);
      }

      @Override
      public CompletionStage<Void> stop(WorkspaceId id, StopReason reason) {
        return workspaces.stop(id, reason);
      }

      @Override
      public void close() {
        workspaces.close();
      }
    };
  }

  private Person withHome(Person person) {
    return new Person(
        person.username(),
        person.uidNumber(),
        person.gidNumber(),
        person.displayName(),
        home.toString(),
        person.loginShell(),
        person.groups(),
        person.groupIds(),
        person.keys(),
        person.disabled());
  }

  /** To what the test makes in it later, too. */
  @Override
  public void share(Path folder) {
    var uid = people.administration().person(ALICE).orElseThrow().uidNumber();
    for (var access : List.of("u:%d:rwX".formatted(uid), "d:u:%d:rwX".formatted(uid))) {
      Program.in(folder, List.of("setfacl", "-m", access, folder.toString())).run().ok();
    }
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public String login() {
    return gateway.login();
  }

  @Override
  public Path identity() {
    return gateway.identity();
  }

  @Override
  public Path knownHosts() {
    return gateway.knownHosts();
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public String log() {
    return cluster.kubelet().log(KubernetesCluster.ALICES_POD);
  }

  @Override
  public void close() {
    gateway.close();
    cluster.close();
    image.close();
  }
}
