package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.platform.Effects.Effect;
import dev.gatehouse.platform.Effects.Facts;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EffectsTest {
  private static final String BEFORE =
      """
      machineTypes:
        standard: {}
        gpu: {cpu: 4, groups: [ml]}
      apps:
        web: {host: w, ports: [80, 443], groups: [ml]}
      """;

  private final List<Username> ending = new ArrayList<>();
  private final List<WorkspaceInfo> workspaces = new ArrayList<>();
  private final Map<Username, Person> owners = new HashMap<>();

  @Test
  void of_commentAndDescription_isNothing() {
    workspace("ada", "gpu", "ml");
    assertThat(of(BEFORE.replace("cpu: 4", "cpu: 4, description: big"))).isEmpty();
  }

  @Test
  void of_endingSessions_namesEachPersonOnceAndAsks() {
    Stream.of("bob", "ada", "bob").map(Username::new).forEach(ending::add);
    assertThat(of(BEFORE)).containsExactly(new Effect("ends 3 sessions (ada, bob)", true));
  }

  @Test
  void of_manyPeople_namesTenOfThem() {
    IntStream.range(10, 25).mapToObj(i -> new Username("p" + i)).forEach(ending::add);
    assertThat(of(BEFORE).getFirst().text())
        .isEqualTo("ends 15 sessions (p10, p11, p12, p13, p14, p15, p16, p17, p18, p19 and 5 more)");
  }

  @Test
  void of_removedType_saysWhoseWorkspacesHaveIt() {
    workspace("ada", "gpu", "ml");
    workspace("bob", "standard", "ml");
    assertThat(of(BEFORE.replace("  gpu: {cpu: 4, groups: [ml]}\n", "")))
        .containsExactly(
            new Effect(
                "removes the machine type gpu, which 1 workspace has (ada/gpu): no start of it until"
                    + " 'gate workspace type'",
                true));
  }

  @Test
  void of_removedTypeOfNobody_asksToo() {
    assertThat(of(BEFORE.replace("  gpu: {cpu: 4, groups: [ml]}\n", "")))
        .containsExactly(new Effect("removes the machine type gpu, which no workspace has", true));
  }

  @Test
  void of_changedHardware_countsItsWorkspaces() {
    workspace("ada", "gpu", "ml");
    workspace("bob", "gpu", "ml");
    workspace("cy", "standard", "ml");
    assertThat(of(BEFORE.replace("cpu: 4", "cpu: 8")))
        .containsExactly(new Effect("2 workspaces get it at their next start", false));
    assertThat(of(BEFORE.replace("cpu: 4", "cpu: 4, environment: {A: b}")))
        .containsExactly(new Effect("2 workspaces get it at their next start", false));
    assertThat(of(BEFORE.replace("standard: {}", "standard: {cpu: 2}")))
        .containsExactly(new Effect("1 workspace gets it at its next start", false));
  }

  /** By the same rules as a login: who is in the new group loses nothing. */
  @Test
  void of_otherGroups_tellsWhoLosesAWorkspace() {
    workspace("ada", "gpu", "ml");
    workspace("bob", "gpu", "ml", "hpc");
    assertThat(of(BEFORE.replace("groups: [ml]}\napps", "groups: [hpc]}\napps")))
        .containsExactly(
            new Effect(
                "takes 1 workspace from those who own it (ada/gpu): they may not use the machine"
                    + " type any more",
                true));
  }

  /** Who has left the directory has lost it already. */
  @Test
  void of_otherGroups_doesNotCountPeopleWhoAreGone() {
    workspace("ada", "gpu", "ml");
    owners.clear();
    assertThat(of(BEFORE.replace("groups: [ml]}\napps", "groups: [hpc]}\napps"))).isEmpty();
  }

  @Test
  void of_apps_tellsWhichTunnelsEnd() {
    assertThat(of("machineTypes:\n  standard: {}\n  gpu: {cpu: 4, groups: [ml]}\n"))
        .containsExactly(new Effect("hides the app web, and ends the tunnels to it", true));
    assertThat(of(BEFORE.replace("[80, 443]", "[80]")))
        .containsExactly(
            new Effect("ends tunnels to the app web that are no longer allowed", true));
    assertThat(of(BEFORE.replace("[80, 443]", "[80, 443, 8080]"))).isEmpty();
  }

  @Test
  void of_otherAdministrators_asks() {
    assertThat(of(BEFORE + "directory: {administrators: wheel}\n"))
        .containsExactly(
            new Effect(
                "makes the members of wheel administrators, and no longer those of"
                    + " gatehouse-admins",
                true));
  }

  @Test
  void of_otherDefaultType_doesNotAsk() {
    assertThat(of(BEFORE + "workspaces: {defaultType: gpu}\n"))
        .containsExactly(new Effect("makes new workspaces main of machine type gpu", false));
  }

  private List<Effect> of(String after) {
    return Effects.of(
            definition(BEFORE + "workspaces: {defaultType: standard}\n"),
            definition(after.contains("workspaces:") ? after : after + "workspaces: {defaultType: standard}\n"),
            new Facts(ending, workspaces, owners))
        .all();
  }

  private static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse("cluster.yaml", text);
  }

  private void workspace(String owner, String type, String... groups) {
    var name = new Username(owner);
    workspaces.add(
        new WorkspaceInfo(
            new WorkspaceId(name, new WorkspaceName(type)),
            new MachineTypeName(type),
            WorkspaceInfo.State.RUNNING,
            Instant.EPOCH));
    owners.put(
        name,
        new Person(
            name,
            1,
            1,
            owner,
            "/home/" + owner,
            "/bin/sh",
            Set.of(Stream.of(groups).map(GroupName::new).toArray(GroupName[]::new)),
            List.of(),
            false));
  }
}
