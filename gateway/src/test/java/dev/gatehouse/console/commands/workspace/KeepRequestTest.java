package dev.gatehouse.console.commands.workspace;

import static dev.gatehouse.console.ConsoleFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.console.KeepWord;
import dev.gatehouse.failure.UserError;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code [NAME] TIME}, where a name may look like a time's words. */
final class KeepRequestTest {
  private static KeepRequest parse(String words) {
    return KeepRequest.parse(Stream.of(words.split(",", -1)).map(KeepWord::new).toList(), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30m | main | 2026-11-24T10:30:00Z",
        "gpu,12h | gpu | 2026-11-24T22:00:00Z",
        "off,2d | off | 2026-11-26T10:00:00Z",
        "until,until,2026-11-30T18:00 | until | 2026-11-30T18:00:00Z",
        "until,2026-11-30T18:00:30 | main | 2026-11-30T18:00:30Z",
        "until,2026-11-30 18:00 | main | 2026-11-30T18:00:00Z",
        "until,2026-11-30,18:00 | main | 2026-11-30T18:00:00Z",
        "gpu,until,2026-11-30,18:00 | gpu | 2026-11-30T18:00:00Z",
        "until,2026-11-30T18:00Z | main | 2026-11-30T18:00:00Z",
        "until,2026-11-30T18:00-05:00 | main | 2026-11-30T23:00:00Z",
        "30d | main | 2026-12-24T10:00:00Z",
      })
  void parse_time_isAWorkspaceAndAMoment(String words, String name, Instant until) {
    var request = parse(words);
    assertThat(request.workspace()).hasToString(name);
    assertThat(request.until()).contains(until);
  }

  @ParameterizedTest
  @CsvSource({"'off', main", "'gpu,off', gpu", "'off,off', off", "'until,off', until"})
  void parse_off_keepsNoLonger(String words, String name) {
    var request = parse(words);
    assertThat(request.workspace()).hasToString(name);
    assertThat(request.until()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "main | 'main' is no time; say 90m",
        "0h | '0h' is no time",
        "1w | '1w' is no time",
        "999999h | '999999h' is no time",
        "until | 'until' is no time",
        "until,1h | '1h' is no time",
        "until,18:00 | '18:00' is no time",
        "until,2026-11-30 | '2026-11-30' is no time",
        "until,2026-13-01T00:00 | '2026-13-01T00:00' is no time",
        "until,2026-11-24T10:00 | 2026-11-24 10:00 UTC is past",
        "until,+999999999-01-01T00:00 | a workspace is kept for at most 30 d",
        "31d | a workspace is kept for at most 30 d",
        "99999d | a workspace is kept for at most 30 d",
        "gpu,until,30.11.2026,18:00 | '30.11.2026 18:00' is no time",
        "gpu,2,d | 'd' is no time",
        "2,d | 'd' is no time",
        "a,b,1h | there is one word too many: 'b'",
        "UP,1h | workspace name 'UP' is not valid",
      })
  void parse_anythingElse_isRefused(String words, String why) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(why);
  }
}
