package dev.gatehouse.console.view;

import static dev.gatehouse.console.ConsoleFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RenderingTest {
  private record Pet(String name, int legs, boolean tame) {}

  private static final Table PETS =
      Table.of(List.of(new Pet("漢字", 4, true), new Pet("a rather long name", 8, false)))
          .column("full name", p -> Value.of(p.name()))
          .column("legs", p -> new Value.Count(p.legs()))
          .column("tame", p -> new Value.Flag(p.tame()))
          .column("born", _ -> new Value.Moment(NOW.minus(Duration.ofHours(26))))
          .column("food", p -> p.tame() ? Value.of(List.of("fish", "rice")) : new Value.None())
          .whenEmpty("No pets.");

  private static String terminal(Result result, int columns, boolean colour) {
    return new TerminalRenderer(columns, NOW)
        .lines(result).stream().map(l -> l.render(colour) + "\n").reduce("", String::concat);
  }

  private static String plain(Result result) {
    return PlainRenderer.lines(result).stream()
        .map(l -> l.render(false) + "\n")
        .reduce("", String::concat);
  }

  @Test
  void terminal_table_isAlignedWithHeaders() {
    assertThat(terminal(PETS, 80, false))
        .isEqualTo(
            """
            FULL NAME           LEGS  TAME  BORN         FOOD
            漢字                4     yes   1 d 2 h ago  fish, rice
            a rather long name  8     no    1 d 2 h ago  -
            """);
  }

  @Test
  void terminal_narrow_truncatesTheWidest() {
    assertThat(terminal(PETS, 40, false))
        .isEqualTo(
            """
            FULL NA…  LEGS  TAME  BORN      FOOD
            漢字      4     yes   1 d 2 h…  fish, r…
            a rathe…  8     no    1 d 2 h…  -
            """);
  }

  @Test
  void terminal_colour_isOnlyWhereWanted() {
    assertThat(terminal(PETS, 80, true)).contains("\u001b[2mLEGS\u001b[0m");
    assertThat(terminal(PETS, 80, false)).doesNotContain("\u001b");
  }

  @Test
  void terminal_emptyTable_saysSo() {
    assertThat(terminal(new Table(PETS.columns(), List.of(), PETS.whenEmpty()), 80, false))
        .isEqualTo("No pets.\n");
  }

  @Test
  void plain_table_isTabsWithoutHeaders() {
    assertThat(plain(PETS))
        .isEqualTo(
            """
            漢字\t4\tyes\t2026-11-23T08:00:00Z\tfish,rice
            a rather long name\t8\tno\t2026-11-23T08:00:00Z\t-
            """);
    assertThat(plain(new Table(PETS.columns(), List.of(), PETS.whenEmpty()))).isEmpty();
  }

  @Test
  void json_table_isAnArrayWithStableNames() {
    assertThat(JsonRenderer.text(PETS).replaceAll("\\s+", " "))
        .isEqualTo(
            """
            [ { "fullName" : "\\u6F22\\u5B57", "legs" : 4, "tame" : true, \
            "born" : "2026-11-23T08:00:00Z", "food" : [ "fish", "rice" ] }, \
            { "fullName" : "a rather long name", "legs" : 8, "tame" : false, \
            "born" : "2026-11-23T08:00:00Z", "food" : null } ]\
            """);
  }

  @Test
  void each_details_holdItsTables() {
    var details =
        Result.Details.of(
                Result.field("owner", Value.of("alice")),
                Result.field("up", new Value.Span(Duration.ofSeconds(65))))
            .with("pets", Table.of(List.of("Tom")).column("name", Value::of).whenEmpty(""));
    assertThat(terminal(details, 80, false))
        .isEqualTo("owner  alice\nup     1 min 5 s\n\nNAME\nTom\n");
    assertThat(plain(details)).isEqualTo("owner\talice\nup\tPT1M5S\npets\tTom\n");
    assertThat(JsonRenderer.text(details).replaceAll("\\s+", " "))
        .isEqualTo(
            """
            { "owner" : "alice", "up" : "PT1M5S", "pets" : [ { "name" : "Tom" } ] }\
            """);
  }

  private static final Table EVENTS =
      Table.of(List.of("0/3 nodes are available: 3 Insufficient nvidia.com/gpu.", "ok"))
          .column("at", _ -> new Value.Moment(NOW))
          .column("reason", _ -> Value.of("FailedScheduling"))
          .column("message", Table.Fit.WRAP, Value::of)
          .whenEmpty("");

  @Test
  void terminal_longText_goesOnBelowItself() {
    assertThat(terminal(EVENTS, 60, false))
        .isEqualTo(
            """
            AT       REASON            MESSAGE
            0 s ago  FailedScheduling  0/3 nodes are available: 3
                                       Insufficient nvidia.com/gpu.
            0 s ago  FailedScheduling  ok
            """);
  }

  @Test
  void terminal_longTextWithoutSpace_goesOnBelowItsRow() {
    assertThat(terminal(EVENTS, 40, false))
        .isEqualTo(
            """
            AT       REASON
            0 s ago  FailedScheduling
              0/3 nodes are available: 3
              Insufficient nvidia.com/gpu.
            0 s ago  FailedScheduling
              ok
            """);
  }

  @Test
  void wrap_wordsLongerThanTheLine_areBroken() {
    assertThat(WordWrap.lines("a 漢字漢字 b", 4).stream().map(l -> l.render(false)))
        .containsExactly("a", "漢字", "漢字", "b");
    assertThat(WordWrap.lines("漢字", 1).stream().map(l -> l.render(false)))
        .containsExactly("漢", "字", "");
    assertThat(WordWrap.lines("  ", 4).stream().map(l -> l.render(false))).containsExactly("");
  }

  @Test
  void terminal_tooNarrow_sparesTheLastColumnsThatItCan() {
    var table =
        Table.of(List.of("a"))
            .column("name", Value::of)
            .column("type", Table.Fit.SPARE, _ -> Value.of("small"))
            .column("state", _ -> Value.of("running"))
            .column("used", Table.Fit.SPARE, _ -> Value.of("5 min ago"))
            .whenEmpty("");
    assertThat(terminal(table, 40, false)).startsWith("NAME  TYPE   STATE    USED\n");
    assertThat(terminal(table, 28, false)).startsWith("NAME  TYPE   STATE\n");
    assertThat(terminal(table, 18, false)).startsWith("NAME  STATE\n");
  }

  @Test
  void each_lines_areOnesOwn() {
    var lines = new Result.Lines(List.of("a\tb", ""), "nothing");
    assertThat(terminal(lines, 80, false)).isEqualTo("a    b\n\n");
    assertThat(plain(lines)).isEqualTo("a    b\n\n");
    assertThat(JsonRenderer.text(lines)).isEqualTo("[ \"a\\tb\", \"\" ]");
    assertThat(terminal(new Result.Lines(List.of(), "nothing"), 80, false)).isEqualTo("nothing\n");
    assertThat(plain(new Result.Lines(List.of(), "nothing"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "4, 0, 0.004",
    "250, 0.25, 0.25",
    "1234, 1.23, 1.234",
    "2000, 2, 2",
    "96000, 96, 96"
  })
  void each_cores_areNumbers(long millicores, String roughly, String exactly) {
    var cores = Result.Details.of(Result.field("cpu", new Value.Cores(millicores)));
    assertThat(terminal(cores, 80, false)).isEqualTo("cpu  " + roughly + "\n");
    assertThat(plain(cores)).isEqualTo("cpu\t" + exactly + "\n");
    assertThat(JsonRenderer.text(cores)).contains("\"cpu\" : " + exactly + "\n");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "0.5, 0.5", "500m, 0.5", "1.25, 1.25"})
  void quantity_cores_areRead(String text, String cores) {
    assertThat(PlainRenderer.cell(Quantity.cores(text))).isEqualTo(cores);
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "2Ki, 2048", "1Gi, 1073741824", "1.5Gi, 1.5Gi", "unknown, unknown"})
  void quantity_bytes_areRead(String text, String bytes) {
    assertThat(PlainRenderer.cell(Quantity.bytes(text))).isEqualTo(bytes);
  }

  /** A line that the terminal breaks is no longer a row. */
  @Test
  void terminal_tooNarrowForTheLeastOfEach_leavesOutColumnsOnTheRight() {
    assertThat(terminal(PETS, 20, false).lines()).allMatch(line -> line.length() <= 20);
    assertThat(terminal(PETS, 20, false))
        .startsWith("FULL")
        .contains("LEGS")
        .doesNotContain("FOOD");
    assertThat(terminal(PETS, 3, false)).startsWith("FUL");
  }

  @Test
  void terminal_tooNarrow_losesEmptyColumnsFirst() {
    var table =
        Table.of(List.of("a", "b"))
            .column("options", _ -> new Value.None())
            .column("fingerprint", Table.Fit.WHOLE, k -> Value.of(k.repeat(20)))
            .column("in use", _ -> Value.of(List.of()))
            .column("comment", _ -> Value.of("desk"))
            .whenEmpty("");
    assertThat(terminal(table, 40, false))
        .isEqualTo(
            """
            FINGERPRINT           COMMENT
            aaaaaaaaaaaaaaaaaaaa  desk
            bbbbbbbbbbbbbbbbbbbb  desk
            """);
    assertThat(terminal(table, 80, false)).contains("OPTIONS", "IN USE");
  }
}
