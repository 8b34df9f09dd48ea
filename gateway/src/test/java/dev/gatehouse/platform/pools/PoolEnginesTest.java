package dev.gatehouse.platform.pools;

import static dev.gatehouse.platform.pools.PoolFixture.definition;
import static dev.gatehouse.platform.pools.PoolFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.platform.pools.PoolEngines.Choice;
import dev.gatehouse.testkit.kubernetes.KarpenterController;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PoolEnginesTest {
  private static final String AWS = "cloud: {aws: {region: eu-central-1, cluster: lab%s}}";

  private final PoolFixture fixture = new PoolFixture();

  /** Stands for an engine of the cloud, of which only its name is asked for. */
  private static final CloudPools CLOUD =
      (kind, aws) -> Optional.of(new NamedEngine(kind.word() + " of " + aws.cluster()));

  @AfterEach
  void close() {
    fixture.close();
  }

  private Choice choose(String definition) {
    return fixture.engines(CLOUD).choose(definition(definition).cloud());
  }

  private String chosen(String definition) {
    return switch (choose(definition)) {
      case Choice.Chosen(var kind, var engine) -> kind.word() + ": " + engine.name();
      case Choice.Missing(var why) -> why.line();
    };
  }

  private static String named(NodeEngine kind) {
    return AWS.formatted(", nodes: " + kind.word());
  }

  @Test
  void choose_nothingIsInstalled_onlyLooks() {
    assertThat(chosen("{}")).isEqualTo("none: looking only");
    assertThat(chosen(AWS.formatted(""))).isEqualTo("none: looking only");
  }

  @Test
  void choose_karpenterIsInstalled_isKarpenter() {
    fixture.withKarpenter();
    assertThat(chosen("{}")).isEqualTo("karpenter: Karpenter");
  }

  @Test
  void choose_autoMode_isAutoMode() {
    fixture.withAutoMode();
    assertThat(chosen("{}")).isEqualTo("autoMode: EKS Auto Mode");
  }

  @Test
  void choose_nodesOfNodeGroups_isTheCloudsEngine() {
    try (var client = fixture.server.innerClient()) {
      client
          .nodes()
          .resource(
              new NodeBuilder()
                  .withNewMetadata()
                  .withName("one")
                  .addToLabels("eks.amazonaws.com/nodegroup", "ng-1")
                  .endMetadata()
                  .build())
          .create();
    }
    assertThat(chosen(AWS.formatted(""))).isEqualTo("nodeGroups: nodeGroups of lab");
    assertThat(chosen("{}")).isEqualTo("none: looking only");
  }

  @Test
  void choose_named_isTheNamed() {
    fixture.withKarpenter();
    assertThat(chosen(named(NodeEngine.SCALING_GROUPS)))
        .isEqualTo("scalingGroups: scalingGroups of lab");
    assertThat(chosen(named(NodeEngine.NONE))).isEqualTo("none: looking only");
  }

  @Test
  void choose_namedAndNotInstalled_saysWhatIsMissing() {
    assertThat(chosen(named(NodeEngine.KARPENTER)))
        .isEqualTo(
            "cloud.aws.nodes is karpenter, and this cluster does not know karpenter.sh/v1: install"
                + " Karpenter, or name what makes its nodes (pool-engine-missing)");
    fixture.withKarpenter();
    assertThat(chosen(named(NodeEngine.AUTO_MODE))).contains("does not know eks.amazonaws.com/v1");
  }

  @Test
  void lookOnly_tooFewNodes_saysWhoMustMakeThem() {
    var engine = new LookOnly(fixture.live);
    assertThat(engine.look(pool("min: 2")).orElseThrow().issues())
        .singleElement()
        .extracting(PoolIssue::sentence)
        .isEqualTo(
            "0 of 2 nodes are ready; whoever makes the nodes of this cluster must make them, with"
                + " the label gatehouse.dev/pool=gpu");
    for (var name : new String[] {"one", "two"}) {
      KarpenterController.join(fixture.server, name, "gpu");
    }
    assertThat(engine.look(pool("min: 2")).orElseThrow())
        .returns(2, s -> s.ready())
        .satisfies(s -> assertThat(s.issues()).isEmpty());
    assertThat(engine.differences(pool("min: 5"), engine.look(pool("min: 5")))).isEmpty();
  }
}
