package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.Pause;
import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.platform.pools.CloudPools;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The engines that work by AWS' API. */
public final class AwsPools implements CloudPools {
  private final Function<AwsSettings, Aws> clients;
  private final BooleanSupplier autoscaler;
  private final Waiting waiting;

  /**
   * Asks nobody.
   *
   * @param clients makes, or has made, the clients for an account
   * @param autoscaler whether the cluster autoscaler runs in the cluster
   * @param patience how long a change of one pool may take
   */
  public AwsPools(
      Function<AwsSettings, Aws> clients,
      BooleanSupplier autoscaler,
      Duration patience,
      InstantSource clock,
      Pause pause) {
    this.clients = clients;
    this.autoscaler = autoscaler;
    this.waiting = new Waiting(patience, clock, pause);
  }

  @Override
  public Optional<PoolEngine> of(NodeEngine kind, AwsSettings settings) {
    return switch (kind) {
      case NODE_GROUPS -> {
        var aws = clients.apply(settings);
        yield Optional.of(
            new NodeGroups(
                aws,
                settings.cluster(),
                new ClusterSubnets(aws, settings.cluster(), settings.network()),
                new Groups(aws, autoscaler, waiting.clock()),
                waiting));
      }
      case SCALING_GROUPS -> {
        var aws = clients.apply(settings);
        yield Optional.of(
            new ScalingGroups(
                aws, settings.cluster(), new Groups(aws, autoscaler, waiting.clock())));
      }
      case KARPENTER, AUTO_MODE, NONE -> Optional.empty();
    };
  }
}
