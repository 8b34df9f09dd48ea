package dev.gatehouse.platform.usage;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.NodeUse;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.platform.usage.Sighting.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is counted of what was seen: each second once, on its day, whoever counts. */
final class LedgerTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final NodeKind GPU = new NodeKind("gpu", "g5.xlarge", true);
  private static final Instant START = at("2026-11-10T10:00:00Z");
  private static final Map<String, SetMarks> NO_SETS = Map.of();

  private final Ledger ledger = new Ledger(NOVEMBER, Instant.EPOCH);

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  private static Instant minute(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Sighting ada(String uid, Instant from, Instant to) {
    return ada(uid, from, to, Instant.MAX.minusSeconds(1));
  }

  private static Sighting ada(String uid, Instant from, Instant to, Instant usedUntil) {
    var far = Instant.parse("9999-01-01T00:00:00Z");
    return new Sighting(
        uid,
        from,
        to,
        new Subject(false, "ws-ada", "ada", "gpu", GPU, 500_000),
        usedUntil.isAfter(far) ? far : usedUntil);
  }

  private void count(Instant now, Sighting... sightings) {
    ledger.count(List.of(sightings), NO_SETS, now);
  }

  private static long seconds(Ledger ledger) {
    return ledger.usage().usage().workspaces().stream().mapToLong(WorkspaceUse::seconds).sum();
  }

  @Test
  void count_ofARunningPod_isFromItsOwnStart() {
    count(minute(7), ada("a", minute(0), minute(7)));
    assertThat(ledger.usage().usage().workspaces())
        .containsExactly(
            new WorkspaceUse(LocalDate.of(2026, 11, 10), "ada", "gpu", GPU, 420, 0, 210_000));
  }

  @Test
  void count_again_countsWhatIsNew() {
    count(minute(7), ada("a", minute(0), minute(7)));
    count(minute(7), ada("a", minute(0), minute(7)));
    count(minute(9), ada("a", minute(0), minute(9)));
    assertThat(seconds(ledger)).isEqualTo(540);
  }

  @Test
  void count_ofAnOlderSight_countsNothing() {
    count(minute(9), ada("a", minute(0), minute(9)));
    count(minute(7), ada("a", minute(0), minute(7)));
    count(minute(10), ada("a", minute(0), minute(10)));
    assertThat(seconds(ledger)).isEqualTo(600);
  }

  @Test
  void count_overMidnight_isOnBothDays() {
    count(
        at("2026-11-11T01:00:00Z"),
        ada("a", at("2026-11-10T22:00:00Z"), at("2026-11-11T01:00:00Z")));
    assertThat(ledger.usage().usage().workspaces())
        .extracting(w -> w.day().getDayOfMonth(), WorkspaceUse::seconds)
        .containsExactly(tuple(10, 7200L), tuple(11, 3600L));
  }

  @Test
  void count_inTwoMonths_splitsAtTheEndOfOne() {
    var sighting = ada("a", at("2026-11-30T23:00:00Z"), at("2026-12-01T02:00:00Z"));
    var december = new Ledger(NOVEMBER.plusMonths(1), Instant.EPOCH);
    for (var i = 0; i < 2; i++) {
      count(at("2026-12-01T02:00:00Z"), sighting);
      december.count(List.of(sighting), NO_SETS, at("2026-12-01T02:00:00Z"));
    }
    assertThat(seconds(ledger)).isEqualTo(3600);
    assertThat(seconds(december)).isEqualTo(7200);
  }

  @Test
  void count_inALeapYear_hasThe29th() {
    var february = new Ledger(YearMonth.of(2028, 2), Instant.EPOCH);
    february.count(
        List.of(ada("a", at("2028-02-28T12:00:00Z"), at("2028-03-01T12:00:00Z"))),
        NO_SETS,
        at("2028-03-01T12:00:00Z"));
    assertThat(february.usage().usage().workspaces())
        .extracting(w -> w.day().toString(), WorkspaceUse::seconds)
        .containsExactly(tuple("2028-02-28", 43_200L), tuple("2028-02-29", 86_400L));
  }

  @Test
  void count_beforeAnybodyCounted_isLeftOut() {
    var late = new Ledger(NOVEMBER, minute(30));
    late.count(List.of(ada("a", minute(0), minute(40))), NO_SETS, minute(40));
    assertThat(seconds(late)).isEqualTo(600);
  }

  @Test
  void count_ofIdleTime_beginsWhenUseHasEnded() {
    count(minute(10), ada("a", minute(0), minute(10), minute(4)));
    count(minute(20), ada("a", minute(0), minute(20), minute(4)));
    count(minute(30), ada("a", minute(0), minute(30), minute(30)));
    assertThat(ledger.usage().usage().workspaces().getFirst().idleSeconds()).isEqualTo(16 * 60);
  }

  @Test
  void count_ofANode_isApart() {
    count(minute(10), new Sighting("n", minute(-10), minute(10), Subject.node(GPU), minute(0)));
    assertThat(ledger.usage().usage().nodes())
        .containsExactly(new NodeUse(LocalDate.of(2026, 11, 10), GPU, 1200));
    assertThat(ledger.usage().usage().workspaces()).isEmpty();
  }

  /** The operator was away, and the workspace was stopped meanwhile. */
  @Test
  void count_ofAPodThatHasGone_isUntilItsWorkspaceWasStopped() {
    count(minute(5), ada("a", minute(0), minute(5)));
    var sets = Map.of("ws-ada", marks(minute(0), minute(25)));
    ledger.count(List.of(), sets, minute(60));
    ledger.count(List.of(), sets, minute(61));
    assertThat(seconds(ledger)).isEqualTo(25 * 60);
  }

  @Test
  void count_ofAPodThatHasGone_takesNoLaterPodsEnd() {
    count(minute(5), ada("a", minute(0), minute(5)));
    ledger.count(List.of(), Map.of("ws-ada", marks(minute(20), minute(25))), minute(60));
    assertThat(seconds(ledger)).isEqualTo(300);
  }

  @Test
  void count_ofAPodThatEndedInSight_isNotPutOffByALaterStop() {
    count(minute(5), ada("a", minute(0), minute(5)));
    count(minute(6));
    ledger.count(List.of(), Map.of("ws-ada", marks(minute(0), minute(25))), minute(60));
    assertThat(seconds(ledger)).isEqualTo(300);
  }

  private static SetMarks marks(Instant started, Instant stopped) {
    return new SetMarks(Optional.of(started), Optional.of(stopped));
  }

  /** A paused process wakes after a day and tells what it saw: its pod is no longer known here. */
  @Test
  void count_ofWhatIsForgotten_countsNothingTwice() {
    count(minute(5), ada("a", minute(0), minute(5)));
    count(minute(6));
    count(minute(24 * 60));
    assertThat(ledger.counters()).isEmpty();
    count(minute(5), ada("a", minute(0), minute(5)));
    assertThat(seconds(ledger)).isEqualTo(300);
  }

  /** Whatever several operators see, in whatever order they tell it, each second counts once. */
  @Test
  void count_inAnyOrder_isTheSame() {
    var random = new Random(7);
    for (var round = 0; round < 50; round++) {
      var sights = new ArrayList<Sighting>();
      for (var pod = 0; pod < 5; pod++) {
        for (var sight = 1; sight < 8; sight++) {
          sights.add(ada("pod-" + pod, minute(pod), minute(pod + random.nextInt(60))));
        }
      }
      var most = sights.stream().map(Sighting::to).max(Instant::compareTo).orElseThrow();
      var expected =
          sights.stream()
              .collect(
                  toMap(
                      Sighting::uid,
                      s -> Duration.between(s.from(), s.to()).toSeconds(),
                      Math::max))
              .values()
              .stream()
              .mapToLong(s -> s)
              .sum();
      Collections.shuffle(sights, random);
      var shuffled = new Ledger(NOVEMBER, Instant.EPOCH);
      for (var sight : sights) {
        shuffled.count(List.of(sight), NO_SETS, most);
      }
      assertThat(seconds(shuffled)).isEqualTo(expected);
    }
  }

  @Test
  void text_ofALedger_isReadAgain() {
    count(minute(5), ada("a", minute(0), minute(5)));
    count(minute(6), new Sighting("n", minute(0), minute(6), Subject.node(GPU), minute(0)));
    var again = LedgerText.read(LedgerText.of(ledger)).orElseThrow();
    assertThat(again.usage()).isEqualTo(ledger.usage());
    assertThat(again.counters()).isEqualTo(ledger.counters());
    assertThat(again.since()).isEqualTo(ledger.since());
    assertThat(again.forgotten()).isEqualTo(ledger.forgotten());
  }

  /** With what a thousand people have on, and have ended in six hours. */
  @Test
  void text_ofAThousandPeopleFor31Days_fitsIntoAConfigMap() {
    var december = new Ledger(YearMonth.of(2026, 12), Instant.EPOCH);
    var random = new Random(1);
    for (var day = 1; day <= 31; day++) {
      var from = december.month().atDay(day).atStartOfDay().toInstant(ZoneOffset.UTC);
      var seen = new ArrayList<Sighting>();
      for (var person = 0; person < 1000; person++) {
        seen.add(
            new Sighting(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                from,
                from.plusSeconds(80_000 + random.nextInt(6_000)),
                new Subject(
                    false,
                    "ws-%08x".formatted(person),
                    "person-of-this-site-%04d".formatted(person),
                    "standard",
                    new NodeKind("cpu", "m5.4xlarge", false),
                    1 + random.nextInt(999_999)),
                from.plusSeconds(random.nextInt(86_000))));
      }
      december.count(seen, NO_SETS, from.plusSeconds(86_000));
    }
    assertThat(december.counters().size()).isGreaterThanOrEqualTo(1000);
    assertThat(LedgerText.of(december).values().stream().mapToInt(b -> b.length).sum())
        .isLessThan(900_000);
  }
}
