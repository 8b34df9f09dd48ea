package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FieldChangesTest {
  @Test
  void between_equalTrees_isEmpty() {
    assertThat(
            changes(
                Map.of("a", List.of(1, Map.of("b", "c"))),
                Map.of("a", List.of(1, Map.of("b", "c")))))
        .isEmpty();
  }

  @Test
  void between_changedScalar_tellsItsPath() {
    assertThat(
            changes(
                Map.of("machineTypes", Map.of("gpu", Map.of("cpu", 4, "memory", "8Gi"))),
                Map.of("machineTypes", Map.of("gpu", Map.of("cpu", 8, "memory", "8Gi")))))
        .containsExactly("machineTypes.gpu.cpu: 4 -> 8");
  }

  @Test
  void between_addedAndRemovedMaps_tellEachOfTheirFields() {
    assertThat(
            changes(
                Map.of("apps", Map.of("old", ordered("host", "h", "ports", List.of(80)))),
                Map.of("apps", Map.of("new", ordered("host", "i", "ports", List.of(80, 443))))))
        .containsExactly(
            "apps.old.host: h -> none",
            "apps.old.ports: [80] -> none",
            "apps.new.host: none -> i",
            "apps.new.ports: none -> [80, 443]");
  }

  @Test
  void between_oldAndNewKeys_keepsTheirOrder() {
    assertThat(changes(ordered("z", 1, "a", 1), ordered("c", 2, "a", 2, "z", 2)))
        .containsExactly("z: 1 -> 2", "a: 1 -> 2", "c: none -> 2");
  }

  /** Which of two words moved is of no use to a reader: the whole list is one value. */
  @Test
  void between_listsOfScalars_isOneChange() {
    assertThat(changes(Map.of("groups", List.of("ml")), Map.of("groups", List.of("ml", "hpc"))))
        .containsExactly("groups: [ml] -> [ml, hpc]");
  }

  @Test
  void between_listsOfNamedMaps_comparesThoseOfOneName() {
    var before = List.of(ordered("name", "data", "path", "/d"), ordered("name", "x", "path", "/x"));
    var after = List.of(ordered("name", "x", "path", "/y"), ordered("name", "new", "path", "/n"));
    assertThat(changes(Map.of("volumes", before), Map.of("volumes", after)))
        .containsExactly(
            "volumes[data].name: data -> none",
            "volumes[data].path: /d -> none",
            "volumes[x].path: /x -> /y",
            "volumes[new].name: none -> new",
            "volumes[new].path: none -> /n");
  }

  /** Init containers run in the order in which they stand. */
  @Test
  void between_namedMapsInAnotherOrder_tellsTheOrder() {
    var a = Map.of("name", "a");
    var b = Map.of("name", "b");
    assertThat(
            changes(
                Map.of("initContainers", List.of(a, b)), Map.of("initContainers", List.of(b, a))))
        .containsExactly("initContainers: [a, b] -> [b, a]");
  }

  @Test
  void between_listsOfMapsWithoutName_comparesByPlace() {
    assertThat(
            changes(
                List.of(Map.of("groups", List.of("a"))),
                List.of(Map.of("groups", List.of("b")), Map.of("groups", List.of("c")))))
        .containsExactly("[0].groups: [a] -> [b]", "[1].groups: none -> [c]");
  }

  @Test
  void between_namesThatOccurTwice_comparesByPlace() {
    assertThat(
            changes(
                List.of(ordered("name", "a", "v", 1), ordered("name", "a", "v", 2)),
                List.of(ordered("name", "a", "v", 1), ordered("name", "a", "v", 3))))
        .containsExactly("[1].v: 2 -> 3");
  }

  @Test
  void between_anotherKindOfValue_tellsBoth() {
    assertThat(changes(Map.of("a", 1), Map.of("a", Map.of("b", 2))))
        .containsExactly("a: 1 -> none", "a.b: none -> 2");
    assertThat(changes(Map.of("a", Map.of("b", 2)), Map.of("a", List.of())))
        .containsExactly("a.b: 2 -> none", "a: none -> []");
  }

  /** {@code tag: 1.10} and {@code tag: "1.10"} are two things to Kubernetes. */
  @Test
  void between_textAndNumberThatLookAlike_quotesTheText() {
    assertThat(changes(Map.of("a", "2", "b", "x"), Map.of("a", 2, "b", "x")))
        .containsExactly("a: \"2\" -> 2");
  }

  /** JSON reads 1 as an int, YAML as a long when it pleases, and a model as a double. */
  @Test
  void between_equalNumbersOfOtherTypes_isEmpty() {
    assertThat(changes(Map.of("a", 1, "b", 0.5), Map.of("a", 1L, "b", 0.5f))).isEmpty();
    assertThat(changes(List.of(1), List.of(1L))).isEmpty();
  }

  @Test
  void between_emptyMapListAndNull_areValues() {
    assertThat(changes(Map.of("a", Map.of()), Map.of())).containsExactly("a: {} -> none");
    assertThat(changes(Map.of("a", List.of()), Map.of("a", List.of("x"))))
        .containsExactly("a: [] -> [x]");
    assertThat(changes(Map.of("a", "x"), ordered("a", null))).containsExactly("a: x -> null");
    assertThat(changes(Map.of("a", Map.of()), Map.of("a", Map.of("b", 1))))
        .containsExactly("a.b: none -> 1");
  }

  @Test
  void between_keyWithADot_standsInQuotes() {
    assertThat(
            changes(
                Map.of("labels", Map.of("app.kubernetes.io/name", "a")),
                Map.of("labels", Map.of("app.kubernetes.io/name", "b"))))
        .containsExactly("labels.\"app.kubernetes.io/name\": a -> b");
  }

  @Test
  void between_nothingAndSomething_isAllOfIt() {
    assertThat(changes(null, Map.of("a", 1))).containsExactly("a: none -> 1");
    assertThat(changes(Map.of("a", 1), null)).containsExactly("a: 1 -> none");
    assertThat(changes(null, null)).isEmpty();
  }

  private static List<String> changes(@Nullable Object before, @Nullable Object after) {
    return FieldChanges.between(before, after).stream()
        .map(c -> "%s: %s -> %s".formatted(c.path(), text(c.before()), text(c.after())))
        .toList();
  }

  private static String text(Optional<String> value) {
    return value.orElse("none");
  }

  private static Map<String, @Nullable Object> ordered(@Nullable Object... keysAndValues) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    var words = Arrays.asList(keysAndValues);
    for (var i = 0; i < words.size(); i += 2) {
      map.put(String.valueOf(words.get(i)), words.get(i + 1));
    }
    return map;
  }
}
