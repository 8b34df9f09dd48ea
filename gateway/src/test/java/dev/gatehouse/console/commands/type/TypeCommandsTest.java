package dev.gatehouse.console.commands.type;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import org.junit.jupiter.api.Test;

final class TypeCommandsTest {
  private static final String TEXT =
      """
      gateway: {name: example.com}
      directory: {administrators: admins}
      machineTypes:
        # What everybody has.
        small:
          cpu: 1
          memory: 2Gi

        gpu:
          description: For training
          gpus: 1
          groups: [lab]
      workspaces: {defaultType: small}
      """;

  private final ConsoleFixture fixture = new ConsoleFixture().definedAs(TEXT);

  private Outcome gate(String line) {
    return fixture.gate(ROOT, line);
  }

  private String text() {
    return fixture.definitions.current().text();
  }

  @Test
  void list_types_showsHardwareAndUse() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(gate("type list").out())
        .isEqualTo(
            """
            gpu\t1\t2147483648\t1\t0\tlab\tdebian:12\tFor training
            small\t1\t2147483648\t0\t1\t-\tdebian:12\t-
            """);
  }

  @Test
  void show_type_saysWhoseWorkspacesHaveIt() {
    fixture.withWorkspace(BOB, "gpu", "gpu", State.STOPPED);
    assertThat(gate("type show gpu").out())
        .contains("machine type\tgpu\n", "groups\tlab\n", "workspaces\tbob/gpu\tstopped\n");
    assertThat(gate("type show gpi").err()).contains("there is no machine type gpi; there are gpu, small");
  }

  @Test
  void add_type_isInForceAndAllElseStaysAsWritten() {
    var outcome =
        gate("type add big --cpu 16 --memory 128Gi --groups lab,people --description 'Much: of it'");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Revision 2 is in force.\n");
    var big = fixture.definition.machineTypes().get(new MachineTypeName("big"));
    assertThat(big.description()).isEqualTo("Much: of it");
    assertThat(big.groups()).containsExactlyInAnyOrder(new GroupName("lab"), new GroupName("people"));
    assertThat(text().lines()).containsAll(TEXT.lines().toList());
  }

  @Test
  void add_withoutOptions_hasTheDefaults() {
    assertThat(gate("type add plain").exit()).isZero();
    assertThat(fixture.definition.machineTypes()).containsKey(new MachineTypeName("plain"));
  }

  @Test
  void add_typeThatIsThere_isRefused() {
    var outcome = gate("type add gpu --cpu 2");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("'gate type edit gpu' changes it");
    assertThat(text()).isEqualTo(TEXT);
  }

  @Test
  void add_wrongValue_isToldAndChangesNothing() {
    var outcome = gate("type add big --cpu lots");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("cluster.yaml:").contains("nothing was changed");
    assertThat(gate("type add main").exit()).isEqualTo(65);
    assertThat(text()).isEqualTo(TEXT);
  }

  @Test
  void edit_type_changesTheGivenKeys() {
    assertThat(gate("type edit gpu --gpus 2 --cpu 8").exit()).isZero();
    assertThat(text()).isEqualTo(TEXT.replace("    gpus: 1\n    groups: [lab]\n", "    gpus: 2\n    groups: [lab]\n    cpu: 8\n"));
  }

  @Test
  void edit_unset_removesTheKey() {
    assertThat(gate("type edit gpu --unset groups").exit()).isZero();
    assertThat(text()).isEqualTo(TEXT.replace("    groups: [lab]\n", ""));
    assertThat(gate("type edit small --unset groups").exit()).isEqualTo(65);
  }

  @Test
  void edit_withoutOptions_asksForThem() {
    assertThat(gate("type edit gpu").exit()).isEqualTo(64);
    assertThat(gate("type edit gpi --cpu 1").exit()).isEqualTo(65);
  }

  @Test
  void remove_typeOfNobody_isAskedFor() {
    assertThat(gate("type remove gpu").err())
        .isEqualTo(
            "gate: This removes the machine type gpu, which no workspace has. Go on? If you mean it,"
                + " add --yes\n");
    assertThat(gate("type remove gpu --yes").exit()).isZero();
    assertThat(text()).doesNotContain("gpu").contains("# What everybody has.");
  }

  @Test
  void remove_defaultType_isRefused() {
    var outcome = gate("type remove small --yes --force");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("small is the default machine type");
  }

  @Test
  void remove_typeInUse_saysWhoseAndNeedsForce() {
    fixture.withWorkspace(BOB, "gpu", "gpu", State.STOPPED);
    var outcome = gate("type remove gpu --yes");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .isEqualTo(
            "gate: these workspaces are of machine type gpu: bob/gpu; give them another with 'gate"
                + " workspace type', or add --force\n");
    assertThat(gate("type remove gpu --yes --force").exit()).isZero();
  }
}
