package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cost.CostBook;
import org.junit.jupiter.api.Test;

/** {@code gate cost} on 24 November: what it shows, and to whom. */
final class CostTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  CostTest() {
    fixture.costs =
        new FakeCosts()
            .tells("g5", "2")
            .tells("m5", "0.25")
            .used("2026-11-20", "alice", "gpu", "g5", 10, 4)
            .used("2026-11-21", "alice", "small", "m5", 8, 0)
            .used("2026-11-21", "bob", "small", "m5", 4, 1)
            .used("2026-10-05", "bob", "gpu", "g5", 1, 0)
            .used("2026-11-21", "", "", "m5", 2, 0)
            .node("2026-11-20", "g5", 24)
            .node("2026-11-21", "m5", 24);
  }

  @Test
  void cost_ofAnAdministrator_isEverybodysWithWhatIsUnused() {
    assertThat(fixture.gate(ROOT, "cost").out())
        .isEqualTo(
            """
            from\t2026-11-01
            to\t2026-11-24
            currency\tUSD
            workspaces\t23.00
            the platform itself\t0.50
            unused nodes\t30.50
            nodes in all\t54.00
            lines\talice\t18.0\t4.0\t22.00\t8.00
            lines\tbob\t4.0\t1.0\t1.00\t0.25
            """);
  }

  @Test
  void cost_ofAnybody_isTheirOwnAlone() {
    assertThat(fixture.gate(BOB, "cost").out())
        .isEqualTo(
            """
            from\t2026-11-01
            to\t2026-11-24
            currency\tUSD
            person\tbob
            workspaces\t1.00
            lines\tsmall\t4.0\t1.0\t1.00\t0.25
            """);
  }

  @Test
  void cost_ofOthers_isForAdministrators() {
    var byName = fixture.gate(BOB, "cost alice");
    assertThat(byName.exit()).isEqualTo(77);
    assertThat(byName.err()).contains("for administrators to see");
    var byOption = fixture.gate(BOB, "cost --user alice");
    assertThat(byOption.exit()).isEqualTo(77);
    assertThat(byOption.out() + byName.out()).isEmpty();
    for (var by : new String[] {"group", "pool", "day", "type", "person"}) {
      assertThat(fixture.gate(BOB, "cost --by " + by).out())
          .contains("\t1.00\t")
          .doesNotContain("alice", "22.00", "23.00", "unused");
    }
  }

  @Test
  void cost_byEach_hasTheLinesOfIt() {
    assertThat(lines("cost --by type")).isEqualTo("gpu 20.00, small 3.00");
    assertThat(lines("cost --by group")).isEqualTo("lab 1.00, people 23.00");
    assertThat(lines("cost --by pool")).isEqualTo("pool-of-g5 20.00, pool-of-m5 3.00");
    assertThat(lines("cost --by day")).isEqualTo("2026-11-20 20.00, 2026-11-21 3.00");
    assertThat(lines("cost --user alice")).isEqualTo("gpu 20.00, small 2.00");
    assertThat(lines("cost alice")).isEqualTo("alice 22.00");
    assertThat(lines("cost --by group lab")).isEqualTo("lab 1.00");
  }

  @Test
  void cost_ofAPeriod_isOfItsDays() {
    assertThat(lines("cost --day 2026-11-21")).isEqualTo("alice 2.00, bob 1.00");
    assertThat(lines("cost --month 2026-10")).isEqualTo("bob 2.00");
    assertThat(lines("cost --from 2026-10-01 --to 2026-11-20")).isEqualTo("alice 20.00, bob 2.00");
    assertThat(lines("cost --from 2026-11-21")).isEqualTo("alice 2.00, bob 1.00");
  }

  private String lines(String command) {
    var lines = new StringBuilder();
    for (var line : fixture.gate(ROOT, command).out().lines().toList()) {
      var cells = line.split("\t", -1);
      if (cells[0].equals("lines")) {
        lines.append(lines.isEmpty() ? "" : ", ").append(cells[1]).append(' ').append(cells[4]);
      }
    }
    return lines.toString();
  }

  @Test
  void cost_ofWhatIsNoPeriod_saysWhatToWrite() {
    assertThat(fixture.gate(ROOT, "cost --day today").err())
        .contains("--day takes a date such as 2026-11-30, not 'today'");
    assertThat(fixture.gate(ROOT, "cost --day 2027-02-29").exit()).isEqualTo(64);
    assertThat(fixture.gate(ROOT, "cost --month 2026-11 --day 2026-11-01").err())
        .contains("take one of --day, --month, and --from with --to");
    assertThat(fixture.gate(ROOT, "cost --from 2026-11-05 --to 2026-11-01").err())
        .contains("2026-11-01 is before 2026-11-05");
    assertThat(fixture.gate(ROOT, "cost --day 2026-12-01").err()).contains("still to come");
    assertThat(fixture.gate(ROOT, "cost --month 2025-11").err())
        .contains("usage is kept from 2025-12-01 on");
    assertThat(fixture.gate(ROOT, "cost --by colour").err())
        .contains("'colour' is nothing to add up by; take one of person, group, type, pool, day");
  }

  @Test
  void cost_withoutAPrice_isNotNothing() {
    fixture.costs = new FakeCosts().used("2026-11-20", "alice", "gpu", "x9", 10, 2);
    assertThat(fixture.gate(ROOT, "cost").out())
        .contains("workspaces\tno price known\n")
        .contains("node hours without a price\t10.0\n")
        .contains("lines\talice\t10.0\t2.0\tno price known\tno price known\t10.0\n")
        .doesNotContain("workspaces\t0");
  }

  @Test
  void cost_asJson_isNumbers() {
    assertThat(fixture.gate(ROOT, "cost --json").out())
        .contains("\"unusedNodes\" : 30.50")
        .contains("\"person\" : \"alice\"", "\"idleHours\" : 4.0", "\"cost\" : 22.00");
  }

  @Test
  void cost_asCsv_isATableForOtherPrograms() {
    assertThat(fixture.gate(ROOT, "cost --csv").out())
        .isEqualTo(
            """
            person,hours,idle hours,cost,idle cost,node hours without a price,currency
            alice,18.0,4.0,22.00,8.00,0.0,USD
            bob,4.0,1.0,1.00,0.25,0.0,USD
            (the platform itself),,,0.50,,0.0,USD
            (unused nodes),,,30.50,,0.0,USD
            """);
  }

  @Test
  void cost_ofNothing_saysSo() {
    assertThat(fixture.gate(ALICE, "cost --day 2026-11-01").out()).contains("workspaces\t0.00\n");
  }

  @Test
  void cost_whereNobodyCounts_saysWhatIsNeeded() {
    fixture.costs = CostBook.NOWHERE;
    var outcome = fixture.gate(ROOT, "cost");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err())
        .contains("the operator of a cluster does")
        .contains("usage-not-counted");
  }
}
