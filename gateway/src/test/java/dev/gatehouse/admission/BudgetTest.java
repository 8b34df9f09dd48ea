package dev.gatehouse.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.PriceList;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A budget that is spent keeps workspaces from starting, and ends none that runs. */
final class BudgetTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final GroupName ML = new GroupName("ml");
  private static final Person ADA =
      new Person(
          new Username("ada"),
          1001,
          1001,
          "Ada",
          "/home/ada",
          "/bin/sh",
          Set.of(ML),
          List.of(),
          false);

  private static ClusterDefinition definition(String whenSpent) {
    return ClusterDefinitionFile.parse(
        "cluster.yaml",
        """
        costs:
          prices: {m5: {onDemand: 1}}
          budgets: {groups: {ml: {monthly: 100, whenSpent: %s}}}
        """
            .formatted(whenSpent));
  }

  private static Admission admission(String whenSpent, long hours) {
    var definition = definition(whenSpent);
    var usage =
        new Usage(
            List.of(
                new WorkspaceUse(
                    NOVEMBER.atDay(1),
                    "bob",
                    "standard",
                    new NodeKind("", "m5", false),
                    hours * 3600,
                    0,
                    hours * 3_600_000)),
            List.of());
    var spending =
        Spending.of(
            NOVEMBER, usage, new PriceList(definition.costs().prices(), Map.of()), _ -> Set.of(ML));
    return new Admission(() -> definition, () -> spending);
  }

  private static List<WorkspaceInfo> main(State state) {
    return List.of(
        new WorkspaceInfo(
            new WorkspaceId(ADA.username(), WorkspaceName.MAIN),
            new MachineTypeName("standard"),
            state,
            Instant.EPOCH));
  }

  private static String answer(Decision decision) {
    return switch (decision) {
      case Decision.Granted _ -> "granted";
      case Decision.Denied(var why) -> why.code();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "warn,         100, STOPPED,  granted",
    "refuseStarts,  99, STOPPED,  granted",
    "refuseStarts, 100, STOPPED,  budget-spent",
    "refuseStarts, 100, STOPPING, budget-spent",
    "refuseStarts, 100, STARTING, granted",
    "refuseStarts, 100, RUNNING,  granted",
    "stopIdle,     100, STOPPED,  budget-spent",
    "stopIdle,     100, RUNNING,  granted",
  })
  void workspace_withABudget_isAnswered(String whenSpent, long hours, State state, String answer) {
    assertThat(answer(admission(whenSpent, hours).workspace(ADA, WorkspaceName.MAIN, main(state))))
        .isEqualTo(answer);
  }

  @Test
  void workspace_thatIsNew_isRefusedToo() {
    assertThat(answer(admission("refuseStarts", 100).workspace(ADA, WorkspaceName.MAIN, List.of())))
        .isEqualTo("budget-spent");
  }

  /** It is made and not started: that costs nothing. */
  @Test
  void newWorkspace_withoutAStart_isGranted() {
    assertThat(
            answer(
                admission("refuseStarts", 100)
                    .newWorkspace(ADA, new WorkspaceName("two"), Optional.empty(), List.of())))
        .isEqualTo("granted");
  }

  @Test
  void workspace_ofAnotherGroup_isGranted() {
    var cy =
        new Person(
            new Username("cy"),
            1002,
            1002,
            "Cy",
            "/home/cy",
            "/bin/sh",
            Set.of(),
            List.of(),
            false);
    assertThat(answer(admission("stopIdle", 100).workspace(cy, WorkspaceName.MAIN, List.of())))
        .isEqualTo("granted");
  }

  @Test
  void refusal_ofABudget_namesItAndWhoCanRaiseIt() {
    assertThat(admission("refuseStarts", 120).workspace(ADA, WorkspaceName.MAIN, List.of()))
        .hasToString(
            "Denied[why=Denied[code=budget-spent, message=the budget of group ml for November is"
                + " spent: 120.00 of 100 USD: no workspace starts before 1 December unless an"
                + " administrator raises costs.budgets.groups.ml.monthly]]");
  }
}
