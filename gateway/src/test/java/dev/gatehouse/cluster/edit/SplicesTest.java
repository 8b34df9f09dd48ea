package dev.gatehouse.cluster.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplicesTest {
  @Test
  void put_scalarWithComment_keepsTheComment() {
    assertThat(put("a:\n  b: 1   # why\n", "a.b", "22")).isEqualTo("a:\n  b: 22   # why\n");
  }

  @Test
  void put_quotedText_keepsItsQuotes() {
    assertThat(put("a: '1:2:3'\n", "a", "x")).isEqualTo("a: 'x'\n");
    assertThat(put("a: \"it\"\n", "a", "say \"x\"")).isEqualTo("a: \"say \\\"x\\\"\"\n");
  }

  @Test
  void put_textByNumber_staysText() {
    assertThat(put("a: some\n", "a", "8")).isEqualTo("a: '8'\n");
    assertThat(put("a: 500m\n", "a", "2")).isEqualTo("a: 2\n");
    assertThat(put("a: 1\n", "a", "500m")).isEqualTo("a: 500m\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "017",
        "0o17",
        "12:30",
        "1_000",
        "2026-11-30",
        "no",
        "No",
        "on",
        "y",
        "N",
        "~",
        "null",
        "",
        " x",
        "x ",
        "a: b",
        "a #b",
        "a\tb",
        "#x",
        "- x",
        "[x",
        "{x",
        "*x",
        "&x",
        "!x",
        "|",
        ">",
        "'x",
        "\"x",
        "%x",
        "@x",
        "`x",
        "?",
        "-",
        "---",
        "...",
        "=",
        "<<",
        "x:",
        ",",
        "a,b",
        "a]b",
        "0x1F",
        "1e3",
        ".inf",
        "+1",
        "0.",
        "line\nbreak",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\u0007",
        "\uD83D\uDE80",
        "\\",
        "007",
        "-0",
        "1.10"
      })
  void put_wordWithAnotherReading_readsAsTheseCharacters(String word) {
    for (var text : new String[] {"a: x # c\nb: 1\n", "a: {b: x, c: 1}\n", "a: [x, 1]\n"}) {
      var path = text.contains("{") ? "a.b" : text.contains("[") ? "a[0]" : "a";
      var made =
          DefinitionText.splice(text, new Edit.Put(ValuePath.parse(path), new NewValue.Text(word)));
      assertThat(new org.yaml.snakeyaml.Yaml().<Object>load(made).toString())
          .contains(word.equals("\uFEFF") ? "=" : word);
      assertThat(Parts.of(made).orElseThrow().content().toString())
          .contains("Scalar[tag=tag:yaml.org,2002:str, value=" + word + "]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "4,4",
        "true,true",
        "1.5,1.5",
        "-3,-3",
        "017,'017'",
        "yes,'yes'",
        "1_0,'1_0'",
        "30m,30m"
      })
  void put_newWord_isQuotedOnlyWhereItHasTwoReadings(String word, String written) {
    assertThat(put("a: 1\n", "b", word)).isEqualTo("a: 1\nb: " + written + "\n");
  }

  @Test
  void put_keyWithoutValue_getsOne() {
    assertThat(put("a: # why\nb: 1\n", "a", "x")).isEqualTo("a: x # why\nb: 1\n");
    assertThat(put("a:", "a", "x")).isEqualTo("a: x");
  }

  @Test
  void put_missingKeys_areMade() {
    assertThat(put("a: 1\n", "b.c.d", "x")).isEqualTo("a: 1\nb:\n  c:\n    d: x\n");
    assertThat(put("a: {}\nz: 1\n", "a.b.c", "x")).isEqualTo("a:\n  b:\n    c: x\nz: 1\n");
    assertThat(put("a: {q: 1} # c\n", "a.b.c", "x")).isEqualTo("a: {q: 1, b: {c: x}} # c\n");
    assertThat(put("a: # c\n  # b: 1\nz: 1\n", "a.b", "2"))
        .isEqualTo("a: # c\n  b: 2\n  # b: 1\nz: 1\n");
    assertThat(put("# nothing\n", "a", "1")).isEqualTo("# nothing\na: 1\n");
    assertThat(put("", "a.b", "1")).isEqualTo("a:\n  b: 1\n");
    assertThat(put("{}\n", "a.b", "1")).isEqualTo("a:\n  b: 1\n");
    assertThat(put("a: 1", "b", "2")).isEqualTo("a: 1\nb: 2");
  }

  @Test
  void put_belowTheCommentsOfTheLastKey_theyStayWithIt() {
    assertThat(put("a:\n  x: 1\n  # y: 2\n\n# next\nb: 1\n", "a.z", "3"))
        .isEqualTo("a:\n  x: 1\n  z: 3\n  # y: 2\n\n# next\nb: 1\n");
    assertThat(put("a:\n  x:\n    y: 1\n    # q: 2\n\nb: 1\n", "a.z", "3"))
        .isEqualTo("a:\n  x:\n    y: 1\n    # q: 2\n  z: 3\n\nb: 1\n");
  }

  @Test
  void put_blockIntoFlow_isWrittenInFlow() {
    assertThat(yaml("a: {b: 1}\n", "a.c", "x: 1\np: [z]"))
        .isEqualTo("a: {b: 1, c: {x: 1, p: [z]}}\n");
  }

  @Test
  void put_listOrMapping_replacesWhatStandsThere() {
    assertThat(yaml("a: 1 # c\nb: 2\n", "a", "x: 1\ny: 2\n"))
        .isEqualTo("a: # c\n  x: 1\n  y: 2\nb: 2\n");
    assertThat(yaml("a:\n  x: 1\n  y: 2\nb: 2\n", "a", "[p, q]")).isEqualTo("a: [p, q]\nb: 2\n");
    assertThat(yaml("a:\n- x\n- y\nb: 2\n", "a", "- z")).isEqualTo("a:\n- z\nb: 2\n");
    assertThat(yaml("a: |\n  x\n  y\n\nb: 2\n", "a", "p: q")).isEqualTo("a:\n  p: q\n\nb: 2\n");
    assertThat(yaml("a: 1 # c\nb: 2\n", "a", "|\n  x\n  y"))
        .isEqualTo("a: | # c\n  x\n  y\nb: 2\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|\n    one\n    two\n\n",
        "|2\n      one\n    two\n",
        ">-\n    one\n    two\n",
        "|+\n    one\n\n\n",
        "one\n    two\n",
        "'one\n\n    two'\n",
        "\"one\\\n    two\"\n",
        "\n    one\n"
      })
  void put_textOfSeveralLines_isReplacedWhole(String several) {
    var made = put("a:\n  b: " + several + "  c: 1 # d\n", "a.b", "new");
    assertThat(Parts.of(made).orElseThrow().content().toString()).contains("value=new]");
    assertThat(made).doesNotContain("one", "two").endsWith("  c: 1 # d\n");
  }

  @Test
  void put_windowsLines_stayWindowsLines() {
    assertThat(put("a: 1\r\nb:\r\n  c: 2\r\n", "b.d", "3"))
        .isEqualTo("a: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n");
  }

  @Test
  void put_behindSupplementaryCharactersAndByteOrderMark_findsThePlace() {
    assertThat(put("\uFEFFa: \uD83D\uDE80 # \uD83D\uDE80\nb: 1 # c\n", "b", "2"))
        .isEqualTo("\uFEFFa: \uD83D\uDE80 # \uD83D\uDE80\nb: 2 # c\n");
    assertThat(put("\uFEFFa: 1\n", "b", "2")).isEqualTo("\uFEFFa: 1\nb: 2\n");
  }

  @Test
  void put_aliasedValue_isRefusedAndNamesBoth() {
    var text = "a: &x {q: 1}\nb: *x\n";
    assertThatThrownBy(() -> put(text, "a.q", "2"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.q and b are one value");
    assertThatThrownBy(() -> put(text, "b.q", "2")).hasMessageContaining("b is an alias of a");
    assertThatThrownBy(() -> remove(text, "a")).hasMessageContaining("a and b are one value");
    assertThat(put(text, "b", "2")).isEqualTo("a: &x {q: 1}\nb: 2\n");
    assertThat(remove(text, "b")).isEqualTo("a: &x {q: 1}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\n---\nb: 1\n", "a: [", "a:\n\tb: 1\n", "a: *x\n", "a: 1\na: 2\n"})
  void put_textIsNoSoundYaml_isRefused(String text) {
    assertThatThrownBy(() -> put(text, "a", "3")).isInstanceOf(UserError.class);
  }

  @Test
  void put_mergeKey_isLeftAlone() {
    var text = "x: &x {q: 1}\na:\n  <<: *x\n  r: 2\n";
    assertThat(put(text, "a.r", "3")).isEqualTo("x: &x {q: 1}\na:\n  <<: *x\n  r: 3\n");
    assertThatThrownBy(() -> put(text, "x.q", "3")).hasMessageContaining("x.q and a.<< are one");
  }

  @Test
  void put_lastEmptyLineWouldBecomeText_isRefused() {
    assertThatThrownBy(() -> put("a: |\n  x", "b", "1")).isInstanceOf(UserError.class);
  }

  @Test
  void remove_key_takesItsCommentsAndNoOthers() {
    assertThat(remove("# file\na: 1\n\n# why b\n# it is\nb: 2 # x\n\n# c\nc: 3\n", "b"))
        .isEqualTo("# file\na: 1\n\n# c\nc: 3\n");
    assertThat(remove("# file\na: 1\nb: 2\n", "a")).isEqualTo("# file\nb: 2\n");
    assertThat(remove("a:\n  b:\n    c: 1\n    # d: 2\n  e: 1\n", "a.b")).isEqualTo("a:\n  e: 1\n");
    assertThat(remove("a: 1\nb: 2", "b")).isEqualTo("a: 1");
  }

  @Test
  void remove_lastKey_leavesAnEmptyMapping() {
    assertThat(remove("a: # c\n  b: 1\nd: 1\n", "a.b")).isEqualTo("a: {} # c\nd: 1\n");
    assertThat(remove("a: {b: 1}\n", "a.b")).isEqualTo("a: {}\n");
    assertThat(remove("a: 1\n", "a")).isEqualTo("{}\n");
    assertThat(remove("a:\n- b\n", "a[0]")).isEqualTo("a: []\n");
  }

  @Test
  void remove_flow_takesOneComma() {
    assertThat(remove("a: {b: 1, c: 2, d: 3}\n", "a.b")).isEqualTo("a: {c: 2, d: 3}\n");
    assertThat(remove("a: {b: 1, c: 2, d: 3}\n", "a.c")).isEqualTo("a: {b: 1, d: 3}\n");
    assertThat(remove("a: {b: 1, c: 2, d: 3}\n", "a.d")).isEqualTo("a: {b: 1, c: 2}\n");
    assertThat(remove("a: [x, y]\n", "a[1]")).isEqualTo("a: [x]\n");
  }

  @Test
  void remove_firstKeyBehindDash_movesTheNextThere() {
    assertThat(remove("a:\n  - b: 1\n    c: 2\n", "a[0].b")).isEqualTo("a:\n  - c: 2\n");
    assertThat(remove("a:\n  - b: 1\n    # c\n    c: 2\n", "a[0].b"))
        .isEqualTo("a:\n  - \n    # c\n    c: 2\n");
  }

  @Test
  void remove_missing_isTold() {
    assertThatThrownBy(() -> remove("a: {b: 1}\n", "a.c.d"))
        .hasMessageContaining("the definition has no a.c");
  }

  @Test
  void add_item_keepsTheStyle() {
    assertThat(add("a: [x] # c\n", "a", "z")).isEqualTo("a: [x, z] # c\n");
    assertThat(add("a: []\n", "a", "z")).isEqualTo("a: [z]\n");
    assertThat(add("a:\n  - x # c\n  # - w\nb: 1\n", "a", "z"))
        .isEqualTo("a:\n  - x # c\n  - z\n  # - w\nb: 1\n");
    assertThat(add("a: 1\n", "b.c", "z")).isEqualTo("a: 1\nb:\n  c: [z]\n");
    assertThat(
            DefinitionText.splice(
                "a:\n- b: 1\n",
                new Edit.Add(ValuePath.parse("a"), new NewValue.Yaml("b: 2\nc: [3]"))))
        .isEqualTo("a:\n- b: 1\n- b: 2\n  c: [3]\n");
    assertThatThrownBy(() -> add("a: 1\n", "a", "z")).hasMessageContaining("a is no list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a[0].b", "a.\"x.y\".z", "a[0][1]", "8080"})
  void parse_path_isWrittenTheSame(String path) {
    assertThat(ValuePath.parse(path)).hasToString(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a[x]", "a b", "a[0]b", "[0]", "a\"b\""})
  void parse_noPath_isRefused(String path) {
    assertThatThrownBy(() -> ValuePath.parse(path)).hasMessageContaining("is no path");
  }

  private static String put(String text, String path, String word) {
    return DefinitionText.splice(
        text, new Edit.Put(ValuePath.parse(path), new NewValue.Word(word)));
  }

  private static String yaml(String text, String path, String yaml) {
    return DefinitionText.splice(
        text, new Edit.Put(ValuePath.parse(path), new NewValue.Yaml(yaml)));
  }

  private static String add(String text, String path, String word) {
    return DefinitionText.splice(
        text, new Edit.Add(ValuePath.parse(path), new NewValue.Word(word)));
  }

  private static String remove(String text, String path) {
    return DefinitionText.splice(text, new Edit.Remove(ValuePath.parse(path)));
  }
}
