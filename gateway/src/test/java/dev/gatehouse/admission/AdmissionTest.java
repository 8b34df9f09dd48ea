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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
          directory: {administrators: ops}
          apps:
            ldap-ui: {ports: [80]}
            spark: {ports: [443, 8080], groups: [ml, lab]}
          """);

  private final Admission admission = new Admission(() -> DEFINITION);

  @ParameterizedTest
  @CsvSource({
    "ldap-ui, 80, ops, ldap-ui:80",
    "ldap-ui, 80, people, app-denied",
    "ldap-ui, 80, ml, app-denied",
    "ldap-ui, 81, ops, app-port-denied",
    "ldap-ui, 4294967376, ops, app-port-denied",
    "ldap-ui, 81, people, app-denied",
    "spark, 8080, ml, spark:8080",
    "spark, 443, lab, spark:443",
    "spark, 443, ops, app-denied",
    "SPARK, 443, lab, spark:443",
    "spark., 443, lab, spark:443",
    "spark.., 443, lab, none",
    "spark.gatehouse, 443, lab, none",
    "spark.gatehouse., 443, lab, none",
    "' spark', 443, lab, none",
    "localhost, 80, ops, none",
    "127.0.0.1, 80, ops, none",
    "'', 80, ops, none",
    "., 80, ops, none",
    "ldap-ui, 80, disabled, account-disabled",
    "nothing, 80, disabled, none",
  })
  void app_each_isAnswered(String host, long port, String group, String answer) {
    assertThat(
            switch (admission.app(person(group), host, port)) {
              case AppDecision.Granted(var app, var granted) -> app.name() + ":" + granted;
              case AppDecision.Denied(var why) -> why.code();
              case AppDecision.NoApp() -> "none";
            })
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"ops, ldap-ui", "ml, spark", "people, ''", "disabled, ''"})
  void apps_ofAPerson_areTheirs(String group, String names) {
    assertThat(admission.apps(person(group)).stream().map(a -> a.name().value()))
        .isEqualTo(names.isEmpty() ? List.of() : List.of(names));
  }

  @Test
  void app_ofOthers_namesItsGroups() {
    assertThat(admission.app(person("people"), "spark", 443))
        .hasToString(
            "Denied[why=Denied[code=app-denied, message=app spark is for the groups lab, ml; ask an"
                + " administrator to put you into one]]");
  }

  @Test
  void app_onAnotherPort_namesThePorts() {
    assertThat(admission.app(person("ml"), "spark", 80))
        .hasToString(
            "Denied[why=Denied[code=app-port-denied, message=app spark is not reached on port 80;"
                + " take one of 443, 8080]]");
  }

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

  /** A definition that changes in the middle of a decision must not make it contradict itself. */
  @Test
  void anyDecision_readsTheDefinitionOnce() {
    var reads = new AtomicInteger();
    var counting =
        new Admission(
            () -> {
              reads.incrementAndGet();
              return DEFINITION;
            });
    List<Runnable> decisions =
        List.of(
            () -> counting.workspace(person("staff"), WorkspaceName.MAIN, infos("")),
            () -> counting.workspace(person("staff"), of("nothing"), infos("")),
            () ->
                counting.newWorkspace(
                    person("staff"), of("other"), Optional.empty(), infos("main=cpu")),
            () ->
                counting.machineType(
                    person("staff"), WorkspaceName.MAIN, new MachineTypeName("no"), infos("")),
            () -> counting.app(person("staff"), "spark", 80));
    for (var decision : decisions) {
      reads.set(0);
      decision.run();
      assertThat(reads).hasValue(1);
    }
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
