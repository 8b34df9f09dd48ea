package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** docs/security.md lists each right of the gateway and of the operator, and why it is needed. */
final class RightsDocIT {
  private static final String DOC = Manifests.read(Manifests.FOLDER.resolve("../docs/security.md"));

  @ParameterizedTest
  @CsvSource({
    "gatehouse, ### Rights of the gateway",
    "gatehouse-operator, ### Rights of the operator"
  })
  void document_rights_areThoseOfTheRoles(String account, String heading) {
    var rows = rows(heading);
    assertThat(rows).allSatisfy(row -> assertThat(row.getLast()).as("why").isNotBlank());
    assertThat(rows.stream().map(row -> String.join(" | ", row.subList(0, 4))))
        .containsExactlyInAnyOrderElementsOf(rules(account).toList());
  }

  /** The cells of the table below a heading. */
  private static List<List<String>> rows(String heading) {
    assertThat(DOC).contains(heading + "\n");
    return DOC.substring(DOC.indexOf(heading + "\n") + heading.length())
        .lines()
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(0, cells.size() - 1))
        .toList();
  }

  private static Stream<String> rules(String account) {
    var manifests =
        Rendered.with(
                "workspaces: {portForward: true}\nnodePools: {karpenter: true, autoMode: true}")
            .manifests();
    return Stream.of("ClusterRole", "Role")
        .flatMap(manifests::all)
        .filter(role -> Manifests.name(role).equals(account))
        .flatMap(role -> role.path("rules").valueStream().map(rule -> row(role, rule)));
  }

  private static String row(JsonNode role, JsonNode rule) {
    var group = rule.path("apiGroups").path(0).asString();
    var resources =
        Manifests.texts(rule.path("resources")).stream()
            .map(resource -> "`" + resource + (group.isEmpty() ? "" : "." + group) + "`")
            .toList();
    var names =
        Manifests.texts(rule.path("resourceNames")).stream()
            .map(name -> "`" + name.replaceFirst("-[0-9]{2}$", "-*") + "`")
            .distinct()
            .toList();
    return String.join(
        " | ",
        Manifests.namespace(role).isEmpty() ? "the cluster" : "`" + Manifests.namespace(role) + "`",
        String.join(", ", resources),
        names.isEmpty() ? "all" : String.join(", ", names),
        String.join(", ", Manifests.texts(rule.path("verbs"))));
  }
}
