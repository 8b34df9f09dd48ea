package dev.gatehouse.frontdoor;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cost.CostBook;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.NodeUse;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money, as a person with ssh meets it: the bill, the word at login, and the start refused. */
class CostIT {
  private static final NodeKind GPU = new NodeKind("gpu", "g5.xlarge", false);

  /** Alice had half a node for 100 hours of any month, and bob a whole one for ten. */
  private static final CostBook BOOK =
      new CostBook() {
        @Override
        public boolean counts() {
          return true;
        }

        @Override
        public Usage month(YearMonth month) {
          var day = month.atDay(1);
          return new Usage(
              List.of(
                  new WorkspaceUse(day, "alice", "gpu", GPU, 360_000, 36_000, 180_000_000),
                  new WorkspaceUse(day, "bob", "gpu", GPU, 36_000, 0, 36_000_000)),
              List.of(new NodeUse(day, GPU, 720_000)));
        }

        @Override
        public Map<String, ToldPrice> told() {
          return Map.of(
              "g5.xlarge", new ToldPrice(Optional.of(new BigDecimal("2")), Optional.empty()));
        }
      };

  private static String definition(String budget) {
    return """
    gateway: {port: 0}
    directory: {administrators: ops}
    costs: {budgets: {people: {alice: {monthly: %s}}}}
    """
        .formatted(budget);
  }

  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start(definition("1000"), People.of("alice").add("ada", "ops"), BOOK);
            return gateway;
          });

  @Test
  void cost_overSsh_isOnesOwnBill(Laptop laptop) {
    assertThat(laptop.ssh("gate cost").ok().stdout())
        .contains("person\talice\nworkspaces\t100.00\n")
        .contains("lines\tgpu\t100.0\t10.0\t100.00\t10.00\n")
        .doesNotContain("bob", "unused");
    assertThat(laptop.ssh("gate cost bob").exit()).isEqualTo(77);
  }

  /** The gateway learns of a changed definition at once, and does not wait for its next look. */
  @Test
  void login_asTheBudgetGoes_isToldAndThenRefused(Laptop laptop) {
    gateway.redefine(definition("120"));
    Poll.until(
        "a word at login",
        () -> {
          var window = laptop.terminal(laptop.openssh("-tt", HOST));
          window.type("exit\n");
          window.exit();
          return window.screen().contains("83 % of your budget for");
        });

    gateway.redefine(definition("100, whenSpent: refuseStarts"));
    Poll.until("a refusal", () -> laptop.ssh("true").exit() == 77);
    assertThat(laptop.ssh("true").stderr())
        .contains("your budget for")
        .contains("is spent: 100.00 of 100 USD: no workspace starts before 1 ")
        .contains("unless an administrator raises costs.budgets.people.alice.monthly")
        .contains("(budget-spent)");
    assertThat(laptop.ssh("gate cost").exit()).as("the console stays open").isZero();

    gateway.redefine(definition("1000"));
    Poll.until("starts again", () -> laptop.ssh("true").exit() == 0);
  }
}
