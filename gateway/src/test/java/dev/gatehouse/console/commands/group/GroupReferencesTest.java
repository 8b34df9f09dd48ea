package dev.gatehouse.console.commands.group;

import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.App;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.CostSettings;
import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.name.GroupName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The definition names groups. One that went or was renamed took the machine type, the app or the
 * stricter login from everybody in it, without a word.
 */
final class GroupReferencesTest {
  private static final String DEFINITION =
      """
      directory: {administrators: admins}
      login:
        rules:
          - {from: [192.0.2.1], methods: []}
          - {groups: [lab], methods: ['publickey,totp']}
      machineTypes: {gpu: {groups: [lab, people]}}
      apps: {spark: {ports: [443], groups: [lab, laboratory]}}
      """;

  private final ConsoleFixture fixture = new ConsoleFixture();

  GroupReferencesTest() {
    fixture.definition =
        ClusterDefinitionFile.parse("test", DEFINITION + "workspaces: {defaultType: gpu}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"group remove lab --yes", "group remove lab"})
  void remove_groupThatTheDefinitionNames_isRefusedWithAllPlaces(String line) {
    var outcome = fixture.gate(ROOT, line);
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .isEqualTo(
            "gate: the definition names lab in login.rules[1].groups, machineTypes.gpu.groups and"
                + " apps.spark.groups; take it out of there first\n");
    assertThat(fixture.gate(ROOT, "group show lab").exit()).isZero();
  }

  @Test
  void remove_groupWithABudget_isRefused() {
    fixture.definition =
        ClusterDefinitionFile.parse(
            "test",
            "{directory: {administrators: admins}, costs: {budgets: {groups: {lab: {monthly:"
                + " 5}}}}}");
    assertThat(fixture.gate(ROOT, "group remove lab --yes").err())
        .isEqualTo(
            "gate: the definition names lab in costs.budgets.groups; take it out of there first\n");
  }

  @Test
  void rename_whereTheNewNameIsNotThereToo_isRefused() {
    var outcome = fixture.gate(ROOT, "group rename lab laboratory");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .isEqualTo(
            "gate: the definition names lab in login.rules[1].groups and machineTypes.gpu.groups;"
                + " put laboratory beside it first\n");
  }

  @Test
  void rename_whereTheNewNameStandsToo_isDone() {
    fixture.definition =
        ClusterDefinitionFile.parse(
            "test",
            "{directory: {administrators: admins}, apps: {spark: {ports: [443], groups: [lab,"
                + " laboratory]}}}");
    assertThat(fixture.gate(ROOT, "group rename lab laboratory").exit()).isZero();
  }

  @Test
  void remove_groupThatNothingNames_isDone() {
    fixture.definition = ClusterDefinitionFile.parse("test", "directory: {administrators: admins}");
    assertThat(fixture.gate(ROOT, "group remove lab --yes").exit()).isZero();
  }

  /** A part of the definition that names groups and is not here is a reference overlooked. */
  @Test
  void definition_placesThatNameGroups_areThese() {
    var found = new HashSet<Class<?>>();
    find(ClusterDefinition.class, new HashSet<>(), found);
    assertThat(found)
        .containsExactlyInAnyOrder(
            DirectorySettings.class,
            LoginSettings.Rule.class,
            MachineType.class,
            App.class,
            CostSettings.Budgets.class);
  }

  private static void find(Class<?> type, Set<Class<?>> seen, Set<Class<?>> found) {
    if (!type.isRecord() || !seen.add(type)) {
      return;
    }
    for (var component : type.getRecordComponents()) {
      classes(component.getGenericType())
          .forEach(
              c -> {
                if (c == GroupName.class) {
                  found.add(type);
                }
                find(c, seen, found);
              });
    }
  }

  private static Stream<Class<?>> classes(Type type) {
    return switch (type) {
      case Class<?> c -> Stream.of(c);
      case ParameterizedType p ->
          Stream.of(p.getActualTypeArguments()).flatMap(GroupReferencesTest::classes);
      default -> Stream.of();
    };
  }
}
