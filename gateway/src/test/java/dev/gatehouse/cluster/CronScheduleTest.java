package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** crontab(5), looked at backwards: when was it due last? */
final class CronScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17 3 * * *      | 2026-11-30T03:17:00Z     | 2026-11-30T03:17:00Z",
        "17 3 * * *      | 2026-11-30T03:16:59.999Z | 2026-11-29T03:17:00Z",
        "17 3 * * *      | 2026-01-01T00:00:00Z     | 2025-12-31T03:17:00Z",
        "*/20 * * * *    | 2026-11-30T04:59:30Z     | 2026-11-30T04:40:00Z",
        "*/20 * * * *    | 2026-11-30T00:00:00Z     | 2026-11-30T00:00:00Z",
        "30 1,13 * * *   | 2026-11-30T13:00:00Z     | 2026-11-30T01:30:00Z",
        "30 8-10 * * *   | 2026-11-30T10:05:00Z     | 2026-11-30T09:30:00Z",
        "0 0 1 * *       | 2026-11-30T12:00:00Z     | 2026-11-01T00:00:00Z",
        // The first Sunday before a Monday; 0 and 7 are both Sunday.
        "0 5 * * 0       | 2026-11-30T12:00:00Z     | 2026-11-29T05:00:00Z",
        "0 5 * * 7       | 2026-11-30T12:00:00Z     | 2026-11-29T05:00:00Z",
        "0 5 * * 1-5     | 2026-11-29T12:00:00Z     | 2026-11-27T05:00:00Z",
        // Either kind of day is enough if both are restricted.
        "0 5 15 * 0      | 2026-11-21T12:00:00Z     | 2026-11-15T05:00:00Z",
        "0 5 18 * 0      | 2026-11-21T12:00:00Z     | 2026-11-18T05:00:00Z",
        "0 0 29 2 *      | 2026-11-30T12:00:00Z     | 2024-02-29T00:00:00Z",
        "5/25 6 * * *    | 2026-11-30T06:54:00Z     | 2026-11-30T06:30:00Z",
      })
  void latest_ofTheseSchedules_isAsCronHasIt(String schedule, Instant now, Instant due) {
    assertThat(new CronSchedule(schedule).latest(now)).isEqualTo(due);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "1,,2 * * * *",
        "1- * * * *",
        "- * * * *",
        "0 0 31 2 *",
        "0 0 30 2 *"
      })
  void read_whatIsNeverDue_isRefused(String schedule) {
    assertThatThrownBy(() -> new CronSchedule(schedule)).isInstanceOf(UserError.class);
  }
}
