package dev.gatehouse.platform;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.platform.values.GuardRails;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Who makes a change of the definition so in the cluster, where the gateways alone cannot. */
public enum Maker {
  OPERATOR,
  /** Somebody with credentials of the cluster, by {@code gatehouse apply}. */
  PERSON;

  /** The charts are the same for both definitions, wherever they are. */
  private static final Path CHARTS = Path.of("k8s");

  /** Returns who has something to do; empty where the change is the gateways' alone. */
  public static Set<Maker> of(ClusterDefinition before, ClusterDefinition after) {
    var was = new Desired(before, CHARTS);
    var is = new Desired(after, CHARTS);
    var makers = EnumSet.noneOf(Maker.class);
    if (!was.ofOperator().equals(is.ofOperator())) {
      makers.add(OPERATOR);
    }
    if (!rights(was).equals(rights(is)) || !GuardRails.of(before).beyond(after).isEmpty()) {
      makers.add(PERSON);
    }
    return makers;
  }

  /** Less than the guard rails allow is the operator's to make so; they stay as they are. */
  private static Map<String, Object> rights(Desired desired) {
    var values = new HashMap<>(desired.foundation().values());
    values.remove("guardRails");
    return values;
  }
}
