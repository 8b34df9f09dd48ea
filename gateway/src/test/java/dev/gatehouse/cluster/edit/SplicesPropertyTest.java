package dev.gatehouse.cluster.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every value of every definition there is, and of many made ones, is changed, removed, added to.
 */
class SplicesPropertyTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String NEW = "quite-new";

  record Found(ValuePath path, Part part) {}

  static Stream<String> definitions() throws IOException {
    var files = new ArrayList<Path>();
    for (var folder : List.of("config", "k8s")) {
      try (var all = Files.walk(REPOSITORY.resolve(folder))) {
        all.filter(Files::isRegularFile)
            .filter(
                f ->
                    f.endsWith("cluster.yaml")
                        || (f.toString().contains("/config/examples/")
                            && f.toString().endsWith(".yaml")))
            .forEach(files::add);
      }
    }
    assertThat(files).anyMatch(f -> f.endsWith("config/cluster.yaml"));
    var texts = new ArrayList<String>();
    for (var file : files) {
      var text = Files.readString(file);
      texts.add(text);
      texts.add(text.replace("\n", "\r\n"));
      texts.add(text.stripTrailing());
    }
    return texts.stream();
  }

  static Stream<String> generated() {
    return LongStream.range(0, 150).mapToObj(YamlGenerator::text);
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource({"definitions", "generated"})
  void put_eachScalar_changesItsCharactersAlone(String text) {
    for (var found : found(text)) {
      if (found.part() instanceof Part.Scalar scalar) {
        var made = DefinitionText.splice(text, new Edit.Put(found.path(), new NewValue.Text(NEW)));
        assertThat(made).startsWith(text.substring(0, scalar.start()));
        assertThat(made).endsWith(text.substring(scalar.end()));
        assertThat(
                made.substring(scalar.start(), made.length() - (text.length() - scalar.end()))
                    .strip())
            .isIn(NEW, "'" + NEW + "'", '"' + NEW + '"');
      }
    }
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource({"definitions", "generated"})
  void remove_eachValue_takesNoOtherAndAddedAgainItIsBack(String text) {
    for (var found : found(text)) {
      var removed = DefinitionText.splice(text, new Edit.Remove(found.path()));
      assertThat(kept(removed)).as("no line is made up: %s", found.path()).isSubsetOf(kept(text));
      assertEndsLike(removed, text);
    }
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource({"definitions", "generated"})
  void put_newKeyInEachMapping_isRemovedWithoutATrace(String text) {
    for (var found : found(text)) {
      if (found.part() instanceof Part.Mapping) {
        var path = found.path().key("quite").key("new");
        var made = DefinitionText.splice(text, new Edit.Put(path, new NewValue.Word("12")));
        assertThat(made.lines().toList())
            .as("%s", found.path())
            .hasSizeGreaterThanOrEqualTo(text.lines().toList().size());
        assertThat(comments(made)).isEqualTo(comments(text));
        assertEndsLike(made, text);
        var back = DefinitionText.splice(made, new Edit.Remove(found.path().key("quite")));
        assertThat(Parts.of(back).orElseThrow().content())
            .isEqualTo(Parts.of(text).orElseThrow().content());
      }
    }
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource({"definitions", "generated"})
  void add_itemToEachList_keepsAllComments(String text) {
    for (var found : found(text)) {
      if (found.part() instanceof Part.Sequence) {
        var made =
            DefinitionText.splice(
                text, new Edit.Add(found.path(), new NewValue.Yaml("{a: [1], b: 'no'}")));
        assertThat(comments(made)).isEqualTo(comments(text));
        assertEndsLike(made, text);
      }
    }
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource({"definitions", "generated"})
  void put_blockInPlaceOfEachValue_isWhatStandsThere(String text) {
    var block = new NewValue.Yaml("one: 1\ntwo:\n  - a\n  - b: |\n      text\n      more\n");
    for (var found : found(text)) {
      var made = DefinitionText.splice(text, new Edit.Put(found.path(), block));
      assertEndsLike(made, text);
    }
  }

  @Test
  void generated_together_areAFewThousandEdits() {
    var values = generated().mapToInt(t -> found(t).size());
    assertThat(values.sum()).isGreaterThan(1000);
  }

  private static void assertEndsLike(String made, String text) {
    if (text.contains("\r\n")) {
      assertThat(made.replace("\r\n", "")).doesNotContain("\n");
    } else {
      assertThat(made).doesNotContain("\r");
    }
  }

  /** Lines that an edit may not change into others, as they are without their ends. */
  private static Set<String> kept(String text) {
    var lines = new HashSet<String>();
    text.lines().map(String::strip).filter(l -> l.startsWith("#")).forEach(lines::add);
    return lines;
  }

  private static List<String> comments(String text) {
    return text.lines().map(String::strip).filter(l -> l.startsWith("#")).sorted().toList();
  }

  private static List<Found> found(String text) {
    var found = new ArrayList<Found>();
    find(Parts.of(text).orElseThrow(), new ValuePath(List.of()), found);
    return found.stream().filter(f -> !f.path().steps().isEmpty()).toList();
  }

  private static void find(Part part, ValuePath path, List<Found> found) {
    found.add(new Found(path, part));
    switch (part) {
      case Part.Scalar _, Part.Alias _ -> {}
      case Part.Sequence list -> {
        for (var i = 0; i < list.items().size(); i++) {
          find(list.items().get(i), path.item(i), found);
        }
      }
      case Part.Mapping mapping -> {
        for (var entry : mapping.entries()) {
          find(entry.value(), path.key(((Part.Scalar) entry.key()).value()), found);
        }
      }
    }
  }
}
