package dev.gatehouse.console;

import dev.gatehouse.cost.CostBook;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.NodeUse;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Usage and a cloud's prices that a test makes up. */
public final class FakeCosts implements CostBook {
  private static final long HOUR = 3600;

  private final List<WorkspaceUse> workspaces = new ArrayList<>();
  private final List<NodeUse> nodes = new ArrayList<>();
  private final Map<String, ToldPrice> told = new TreeMap<>();

  /** Somebody has a whole node of that type for so many hours. */
  public FakeCosts used(
      String day, String person, String machineType, String instanceType, long hours, long idle) {
    workspaces.add(
        new WorkspaceUse(
            LocalDate.parse(day),
            person,
            machineType,
            new NodeKind("pool-of-" + instanceType, instanceType, false),
            hours * HOUR,
            idle * HOUR,
            hours * HOUR * 1000));
    return this;
  }

  public FakeCosts node(String day, String instanceType, long hours) {
    nodes.add(
        new NodeUse(
            LocalDate.parse(day),
            new NodeKind("pool-of-" + instanceType, instanceType, false),
            hours * HOUR));
    return this;
  }

  public FakeCosts tells(String instanceType, String price) {
    told.put(instanceType, new ToldPrice(Optional.of(new BigDecimal(price)), Optional.empty()));
    return this;
  }

  @Override
  public boolean counts() {
    return true;
  }

  @Override
  public Usage month(YearMonth month) {
    return new Usage(workspaces, nodes).between(month.atDay(1), month.atEndOfMonth());
  }

  @Override
  public Map<String, ToldPrice> told() {
    return Map.copyOf(told);
  }
}
