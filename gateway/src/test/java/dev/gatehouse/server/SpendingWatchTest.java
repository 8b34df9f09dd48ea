package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cost.CostBook;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway keeps at hand of what people have spent. */
final class SpendingWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");
  private static final Username ADA = new Username("ada");

  private final People people = People.of("bob").add("ada", "ml");

  private volatile ClusterDefinition definition =
      ClusterDefinitionFile.parse(
          "cluster.yaml", "costs: {budgets: {groups: {ml: {monthly: 5, whenSpent: stopIdle}}}}");

  private volatile boolean away;
  private volatile long hours = 2;
  private final AtomicInteger asked = new AtomicInteger();

  private final CostBook book =
      new CostBook() {
        @Override
        public boolean counts() {
          return true;
        }

        @Override
        public Usage month(YearMonth month) {
          asked.incrementAndGet();
          if (away) {
            throw new FailureException(new Failure.Unavailable("usage-unavailable", "away"));
          }
          return new Usage(
              List.of(
                  new WorkspaceUse(
                      month.atDay(1),
                      "ada",
                      "standard",
                      new NodeKind("", "m5", false),
                      hours * 3600,
                      0,
                      hours * 3_600_000)),
              List.of());
        }

        @Override
        public Map<String, ToldPrice> told() {
          return Map.of("m5", new ToldPrice(Optional.of(BigDecimal.ONE), Optional.empty()));
        }
      };

  private final SpendingWatch watch = new SpendingWatch(book, () -> definition, people, () -> NOW);

  @AfterEach
  void close() {
    watch.close();
    people.close();
  }

  private void await(String money) {
    Poll.until(
        money + " are spent", () -> watch.get().everybody().money().toPlainString().equals(money));
  }

  @Test
  void get_ofThisMonth_knowsWhatPeopleAndTheirGroupsHaveSpent() {
    await("2.00");
    assertThat(watch.get().month()).isEqualTo(YearMonth.of(2026, 11));
    assertThat(watch.get().groups().get(new GroupName("ml")).money()).isEqualTo("2.00");
    assertThat(watch.stopsIdle(ADA)).isFalse();
    hours = 5;
    watch.soon();
    await("5.00");
    assertThat(watch.stopsIdle(ADA)).isTrue();
    assertThat(watch.stopsIdle(new Username("bob"))).isFalse();
  }

  @Test
  void get_whileNobodyCanSay_isWhatWasKnownLast() {
    await("2.00");
    away = true;
    var before = asked.get();
    watch.soon();
    Poll.until("it is asked again", () -> asked.get() > before);
    assertThat(watch.get().everybody().money()).isEqualTo("2.00");
  }

  @Test
  void get_withoutBudgets_isNothing() {
    await("2.00");
    definition = ClusterDefinitionFile.parse("cluster.yaml", "{}");
    watch.soon();
    await("0.00");
    assertThat(watch.told()).containsKey("m5");
  }
}
