package dev.gatehouse.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have which workspace: each question as a row, with its answer. */
final class AdmissionTest {
  private static final Username ALICE = new Username("alice");

  private static final ClusterDefinition DEFINITION =
      ClusterDefinitionFile.parse(
          "cluster.yaml",
          """
          workspaces: {defaultType: small, perPerson: 2}
          machineTypes:
            small: {description: A small one}
            gpu: {description: With a GPU, groups: [ml]}
          """);

  private final Admission admission = new Admission(() -> DEFINITION);

  /** A login, or {@code gate workspace start}. */
  @ParameterizedTest
  @CsvSource({
    "main, '', people, small",
    "main, main=small, people, small",
    "main, main=gpu, people, machine-type-denied",
    "main, main=gone, people, no-such-workspace",
    "gpu, '', people, machine-type-denied",
    "gpu, '', ml, gpu",
    "gpu, a=small b=small, ml, too-many-workspaces",
    "gpu, a=small b=small, people, machine-type-denied",
    "a, a=small b=small, people, small",
    "nope, '', people, no-such-workspace",
  })
  void workspace_each_isAnswered(String name, String existing, String group, String answer) {
    assertThat(answer(admission.workspace(person(group), of(name), infos(existing))))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "main, , '', people, small",
    "x, , '', people, small",
    "gpu, , '', ml, gpu",
    "gpu, , '', people, machine-type-denied",
    "gpu, small, '', people, small",
    "x, gpu, '', ml, gpu",
    "x, gpu, '', people, machine-type-denied",
    "x, nope, '', ml, no-such-machine-type",
    "main, , main=small, people, workspace-exists",
    "x, , a=small b=small, people, too-many-workspaces",
    "x, gpu, a=small b=small, people, machine-type-denied",
    "gate, , '', people, workspace-name-reserved",
    "x, , '', disabled, account-disabled",
  })
  void newWorkspace_each_isAnswered(
      String name, String type, String existing, String group, String answer) {
    var wanted = Optional.ofNullable(type).map(MachineTypeName::new);
    assertThat(answer(admission.newWorkspace(person(group), of(name), wanted, infos(existing))))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "main, gpu, main=small, ml, gpu",
    "main, small, main=small, people, small",
    "main, small, main=gone, people, small",
    "main, small, main=small b=small c=small, people, small",
    "main, gpu, main=small, people, machine-type-denied",
    "main, nope, main=small, people, no-such-machine-type",
    "main, small, '', people, no-such-workspace",
    "main, small, main=small, disabled, account-disabled",
  })
  void machineType_each_isAnswered(
      String name, String type, String existing, String group, String answer) {
    assertThat(
            answer(
                admission.machineType(
                    person(group), of(name), new MachineTypeName(type), infos(existing))))
        .isEqualTo(answer);
  }

  /** The machine type that was granted, or the code of the refusal. */
  private static String answer(Decision decision) {
    return switch (decision) {
      case Decision.Granted(var spec) -> spec.type().name().value();
      case Decision.Denied(var why) -> why.code();
    };
  }

  private static WorkspaceName of(String name) {
    return new WorkspaceName(name);
  }

  private static List<WorkspaceInfo> infos(String existing) {
    return Stream.of(existing.split(" ", -1))
        .filter(text -> !text.isEmpty())
        .map(text -> text.split("=", -1))
        .map(
            parts ->
                new WorkspaceInfo(
                    new WorkspaceId(ALICE, of(parts[0])),
                    new MachineTypeName(parts[1]),
                    WorkspaceInfo.State.STOPPED,
                    Instant.EPOCH))
        .toList();
  }

  private static Person person(String group) {
    return new Person(
        ALICE,
        1000,
        1000,
        "Alice",
        "/home/alice",
        "/bin/sh",
        Set.of(new GroupName(group)),
        List.of(),
        group.equals("disabled"));
  }
}
