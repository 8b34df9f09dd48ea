package dev.gatehouse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.CostSettings.NodePrice;
import dev.gatehouse.cost.Bill.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills that were computed by hand, and what holds for all of them. */
final class BillTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);
  private static final NodeKind GPU = new NodeKind("gpu", "g5.xlarge", false);
  private static final NodeKind GPU_SPOT = new NodeKind("gpu", "g5.xlarge", true);
  private static final NodeKind RACK = new NodeKind("rack", "", false);
  private static final NodeKind UNKNOWN = new NodeKind("", "x9.huge", false);
  private static final long HOUR = 3600;

  private static final PriceList PRICES =
      new PriceList(
          Map.of("g5.xlarge", price("1.26", "0.45"), "rack", price("0.80", null)), Map.of());

  private static Set<String> groups(String person) {
    return switch (person) {
      case "ada" -> Set.of("ml", "ops");
      case "bob" -> Set.of("ml");
      default -> Set.of();
    };
  }

  private static NodePrice price(String onDemand, String spot) {
    return new NodePrice(
        Optional.ofNullable(onDemand).map(BigDecimal::new),
        Optional.ofNullable(spot).map(BigDecimal::new));
  }

  /** A share of a node for some hours. */
  private static WorkspaceUse use(
      String person, String type, NodeKind node, long hours, long idleHours, double share) {
    return new WorkspaceUse(
        MONDAY,
        person,
        type,
        node,
        hours * HOUR,
        idleHours * HOUR,
        (long) (hours * HOUR * 1000 * share));
  }

  private static String money(Charge charge) {
    return charge.money().toPlainString();
  }

  /** Ada has half of a node for 10 h, of which 4 idle; the node was there the whole day. */
  @Test
  void of_halfANodeForTenHours_isAsByHand() {
    var usage =
        new Usage(
            List.of(use("ada", "gpu", GPU, 10, 4, 0.5)), List.of(new NodeUse(MONDAY, GPU, 86_400)));
    var bill = Bill.of(usage, PRICES, By.PERSON, BillTest::groups);
    var line = bill.lines().getFirst();
    assertThat(line.name()).isEqualTo("ada");
    assertThat(line.seconds()).isEqualTo(10 * HOUR);
    assertThat(line.idleSeconds()).isEqualTo(4 * HOUR);
    assertThat(money(line.charge())).as("10 h of half of 1.26").isEqualTo("6.30");
    assertThat(money(line.idle())).as("4 h of half of 1.26").isEqualTo("2.52");
    assertThat(money(bill.paid())).as("24 h of 1.26").isEqualTo("30.24");
    assertThat(money(bill.unused())).as("what nobody was promised").isEqualTo("23.94");
    assertThat(bill.platform()).isEqualTo(Charge.NONE);
  }

  @Test
  void of_aSpotNode_isAtItsSpotPrice() {
    var usage = new Usage(List.of(use("ada", "gpu", GPU_SPOT, 2, 0, 1)), List.of());
    assertThat(money(Bill.of(usage, PRICES, By.PERSON, BillTest::groups).people()))
        .isEqualTo("0.90");
  }

  @Test
  void of_aNodeWithoutAnInstanceType_isAtThePriceOfItsPool() {
    var usage = new Usage(List.of(use("ada", "cpu", RACK, 5, 0, 0.25)), List.of());
    assertThat(money(Bill.of(usage, PRICES, By.PERSON, BillTest::groups).people()))
        .isEqualTo("1.00");
  }

  @Test
  void of_aNodeWithoutAPrice_isNeverNothing() {
    var usage =
        new Usage(
            List.of(use("ada", "gpu", UNKNOWN, 3, 0, 1), use("bob", "gpu", GPU, 1, 0, 1)),
            List.of(new NodeUse(MONDAY, UNKNOWN, 4 * HOUR)));
    var bill = Bill.of(usage, PRICES, By.PERSON, BillTest::groups);
    assertThat(bill.lines().getFirst().charge().text("USD")).isEqualTo("no price known");
    assertThat(bill.people().text("USD")).isEqualTo("1.26 USD, and what has no price known");
    assertThat(bill.unused().text("USD")).isEqualTo("no price known");
    assertThat(bill.paid().unpricedMillis()).isEqualTo(4 * HOUR * 1000);
  }

  @Test
  void of_onDemandAlone_leavesSpotUnpriced() {
    var spot = new NodeKind("rack", "", true);
    var usage = new Usage(List.of(use("ada", "cpu", spot, 5, 0, 1)), List.of());
    assertThat(Bill.of(usage, PRICES, By.PERSON, BillTest::groups).people().text("USD"))
        .isEqualTo("no price known");
  }

  @Test
  void of_eachOrder_hasTheLinesOfIt() {
    var usage =
        new Usage(
            List.of(
                use("ada", "gpu", GPU, 1, 0, 1),
                use("ada", "cpu", RACK, 1, 0, 1),
                use("bob", "gpu", GPU, 1, 0, 1),
                use("cy", "cpu", RACK, 1, 0, 1),
                use("", "", RACK, 1, 0, 0.5)),
            List.of());
    assertThat(lines(usage, By.PERSON)).isEqualTo("ada 2.06, bob 1.26, cy 0.80");
    assertThat(lines(usage, By.GROUP)).isEqualTo("ml 3.32, ops 2.06");
    assertThat(lines(usage, By.TYPE)).isEqualTo("cpu 1.60, gpu 2.52");
    assertThat(lines(usage, By.POOL)).isEqualTo("gpu 2.52, rack 1.60");
    assertThat(lines(usage, By.DAY)).isEqualTo("2026-11-30 4.12");
    assertThat(money(Bill.of(usage, PRICES, By.DAY, BillTest::groups).platform()))
        .isEqualTo("0.40");
  }

  private static String lines(Usage usage, By by) {
    var lines = new ArrayList<String>();
    for (var line : Bill.of(usage, PRICES, by, BillTest::groups).lines()) {
      lines.add(line.name() + " " + money(line.charge()));
    }
    return String.join(", ", lines);
  }

  @Test
  void of_moreThanThereWas_leavesNothingUnused() {
    var usage =
        new Usage(
            List.of(use("ada", "gpu", GPU, 2, 0, 1)), List.of(new NodeUse(MONDAY, GPU, HOUR)));
    var bill = Bill.of(usage, PRICES, By.PERSON, BillTest::groups);
    assertThat(money(bill.unused())).isEqualTo("0.00");
    assertThat(money(bill.paid())).isEqualTo("2.52");
  }

  /** What no rounding may break: people, the platform and what is unused are what is paid. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void of_anything_addsUp(long seed) {
    var random = new Random(seed);
    var kinds = List.of(GPU, GPU_SPOT, RACK, UNKNOWN);
    var uses = new ArrayList<WorkspaceUse>();
    var nodes = new ArrayList<NodeUse>();
    for (var day = 0; day < 5; day++) {
      for (var kind : kinds) {
        var left = (1 + random.nextInt(20)) * 86_400_000L;
        nodes.add(new NodeUse(MONDAY.plusDays(day), kind, left / 1000));
        for (var person : List.of("ada", "bob", "cy", "")) {
          var millis = random.nextLong(left / 4 + 1);
          var seconds = 1 + random.nextInt(86_400);
          uses.add(
              new WorkspaceUse(
                  MONDAY.plusDays(day),
                  person,
                  person.isEmpty() ? "" : "t" + random.nextInt(3),
                  kind,
                  seconds,
                  random.nextInt(seconds),
                  millis));
        }
      }
    }
    var usage = new Usage(uses, nodes);
    var paid =
        nodes.stream()
            .map(n -> Charge.of(n.seconds() * 1000, PRICES.of(n.node())))
            .reduce(Charge.NONE, Charge::plus);
    for (var by : By.values()) {
      var bill = Bill.of(usage, PRICES, by, BillTest::groups);
      assertThat(same(bill.people().plus(bill.platform()).plus(bill.unused()), paid)).isTrue();
      assertThat(same(bill.paid(), paid)).isTrue();
      if (by != By.GROUP) {
        var sum = bill.lines().stream().map(Line::charge).reduce(Charge.NONE, Charge::plus);
        assertThat(same(sum, bill.people())).isTrue();
      }
      assertThat(bill.lines())
          .allMatch(l -> l.idle().milliPrice().compareTo(l.charge().milliPrice()) <= 0);
    }
  }

  private static boolean same(Charge one, Charge other) {
    return one.milliPrice().compareTo(other.milliPrice()) == 0
        && one.unpricedMillis() == other.unpricedMillis();
  }

  @Test
  void reaches_toTheCent_isExact() {
    var charge = Charge.of(3_600_000, Optional.of(new BigDecimal("1.26")));
    assertThat(charge.reaches(new BigDecimal("1.26"))).isTrue();
    assertThat(charge.reaches(new BigDecimal("1.260001"))).isFalse();
  }
}
