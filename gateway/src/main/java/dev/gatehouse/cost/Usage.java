package dev.gatehouse.cost;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What was used, and which nodes were there for it. */
public record Usage(List<WorkspaceUse> workspaces, List<NodeUse> nodes) {
  public static final Usage NONE = new Usage(List.of(), List.of());

  public Usage {
    workspaces = List.copyOf(workspaces);
    nodes = List.copyOf(nodes);
  }

  public Usage plus(Usage other) {
    var allWorkspaces = new ArrayList<>(workspaces);
    allWorkspaces.addAll(other.workspaces);
    var allNodes = new ArrayList<>(nodes);
    allNodes.addAll(other.nodes);
    return new Usage(allWorkspaces, allNodes);
  }

  /** Returns what is of these days, both included. */
  public Usage between(LocalDate from, LocalDate to) {
    Predicate<LocalDate> isWithin = day -> !day.isBefore(from) && !day.isAfter(to);
    return new Usage(
        workspaces.stream().filter(w -> isWithin.test(w.day())).toList(),
        nodes.stream().filter(n -> isWithin.test(n.day())).toList());
  }

  /** Returns what one person has used, and nothing of nodes. */
  public Usage of(String person) {
    return new Usage(
        workspaces.stream().filter(w -> w.person().equals(person)).toList(), List.of());
  }
}
