package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.CloudSettings;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.platform.objects.LiveObjects;
import java.util.Optional;

/** Finds out who makes the nodes of pools, where the definition does not name it. Only reads. */
public final class PoolEngines {
  /** Every node of a managed node group has it. */
  private static final String NODE_GROUP = "eks.amazonaws.com/nodegroup";

  private final LiveObjects live;
  private final CloudPools cloud;
  private final Patience patience;

  public PoolEngines(LiveObjects live, CloudPools cloud, Patience patience) {
    this.live = live;
    this.cloud = cloud;
    this.patience = patience;
  }

  /** Which engine it is, or why it cannot be the one that the definition names. */
  public sealed interface Choice {
    record Chosen(NodeEngine kind, PoolEngine engine) implements Choice {}

    record Missing(Failure why) implements Choice {}
  }

  public Choice choose(CloudSettings settings) {
    return settings
        .aws()
        .flatMap(AwsSettings::nodes)
        .map(named -> named(named, settings))
        .orElseGet(() -> found(settings));
  }

  /** Returns the engine of that kind, whether or not the cluster has what it needs. */
  public Optional<PoolEngine> of(NodeEngine kind, CloudSettings settings) {
    return switch (kind) {
      case NONE -> Optional.of(new LookOnly(live));
      case KARPENTER -> Optional.of(new Karpenter(Provisioner.KARPENTER, live, patience));
      case AUTO_MODE -> Optional.of(new Karpenter(Provisioner.AUTO_MODE, live, patience));
      case NODE_GROUPS, SCALING_GROUPS -> settings.aws().flatMap(aws -> cloud.of(kind, aws));
    };
  }

  private Choice named(NodeEngine kind, CloudSettings settings) {
    var provisioner = Provisioner.of(kind);
    if (provisioner.filter(p -> !isInstalled(p)).isPresent()) {
      return new Choice.Missing(
          new Failure.Unavailable(
              "pool-engine-missing",
              "cloud.aws.nodes is %s, and this cluster does not know %s: install %s, or name what makes its nodes"
                  .formatted(
                      kind.word(), provisioner.get().missing(live::serves), provisioner.get())));
    }
    return chosen(kind, settings)
        .orElseGet(
            () ->
                new Choice.Missing(
                    new Failure.Unavailable(
                        "pool-engine-missing",
                        "cloud.aws.nodes is %s, and this program cannot reach it"
                            .formatted(kind.word()))));
  }

  private Choice found(CloudSettings settings) {
    if (isInstalled(Provisioner.KARPENTER)) {
      return chosen(NodeEngine.KARPENTER, settings).orElseThrow();
    }
    if (isInstalled(Provisioner.AUTO_MODE)) {
      return chosen(NodeEngine.AUTO_MODE, settings).orElseThrow();
    }
    return (settings.aws().isPresent() && !live.list("v1", "Node", "", NODE_GROUP).isEmpty()
            ? chosen(NodeEngine.NODE_GROUPS, settings)
            : Optional.<Choice>empty())
        .or(() -> chosen(NodeEngine.NONE, settings))
        .orElseThrow();
  }

  private Optional<Choice> chosen(NodeEngine kind, CloudSettings settings) {
    return of(kind, settings).map(engine -> new Choice.Chosen(kind, engine));
  }

  private boolean isInstalled(Provisioner provisioner) {
    return provisioner.missing(live::serves).isEmpty();
  }
}
