package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on the definition of the cluster. */
public final class ClusterCommands {
  public static final Group GROUP =
      new Group(
          "cluster",
          "The definition of the cluster",
          List.of(
              new Entry(ClusterShow.ABOUT, ClusterShow::new),
              new Entry(ClusterSet.ABOUT, ClusterSet::new),
              new Entry(ClusterUnset.ABOUT, ClusterUnset::new),
              new Entry(ClusterEdit.ABOUT, ClusterEdit::new),
              new Entry(ClusterPlan.ABOUT, ClusterPlan::new),
              new Entry(ClusterDiff.ABOUT, ClusterDiff::new),
              new Entry(ClusterHistory.ABOUT, ClusterHistory::new),
              new Entry(ClusterRevert.ABOUT, ClusterRevert::new),
              new Entry(ClusterApply.ABOUT, ClusterApply::new)));

  private ClusterCommands() {}
}
