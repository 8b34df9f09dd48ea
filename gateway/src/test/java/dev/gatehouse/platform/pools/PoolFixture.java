package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.KarpenterController;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine on the mock API server; time passes while somebody waits. */
final class PoolFixture implements AutoCloseable, InstantSource {
  static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

  final ApiServer server = ApiServer.start();
  final KubernetesClient client = server.client();
  final LiveObjects live = new LiveObjects(client);
  final List<String> waited = new ArrayList<>();
  @Nullable KarpenterController karpenter;
  private Instant now = START;

  static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse("cluster.yaml", text);
  }

  static Pool pool(String keys) {
    return definition("pools: {gpu: {%s}}".formatted(keys)).pools().firstEntry().getValue();
  }

  PoolFixture withKarpenter() {
    karpenter = KarpenterController.install(server);
    return this;
  }

  PoolFixture withAutoMode() {
    karpenter = KarpenterController.installAutoMode(server);
    return this;
  }

  PoolEngines engines(CloudPools cloud) {
    return new PoolEngines(live, cloud, patience());
  }

  Karpenter engine(Provisioner provisioner) {
    return new Karpenter(provisioner, live, patience());
  }

  Patience patience() {
    return new Patience(Duration.ofMinutes(10), this, this::pause);
  }

  private void pause(Duration time) {
    now = now.plus(time);
    if (karpenter != null) {
      karpenter.finish();
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  KubernetesObject get(String version, String kind, String name) {
    return live.get(new ObjectKey(version, kind, "", name)).orElseThrow();
  }

  KubernetesObject nodePool() {
    return get("karpenter.sh/v1", "NodePool", "gatehouse-gpu");
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
