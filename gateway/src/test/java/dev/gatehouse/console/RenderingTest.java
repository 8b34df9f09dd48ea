package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
    assertThat(
            terminal(new Table(PETS.columns(), List.of(), Set.of(), PETS.whenEmpty()), 80, false))
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
    assertThat(plain(new Table(PETS.columns(), List.of(), Set.of(), PETS.whenEmpty()))).isEmpty();
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
            .with(
                "pets",
                new Table(List.of("name"), List.of(List.of(Value.of("Tom"))), Set.of(), ""));
    assertThat(terminal(details, 80, false))
        .isEqualTo("owner  alice\nup     1 min 5 s\n\nNAME\nTom\n");
    assertThat(plain(details)).isEqualTo("owner\talice\nup\tPT1M5S\npets\tTom\n");
    assertThat(JsonRenderer.text(details).replaceAll("\\s+", " "))
        .isEqualTo(
            """
            { "owner" : "alice", "up" : "PT1M5S", "pets" : [ { "name" : "Tom" } ] }\
            """);
  }
}
