package dev.gatehouse.platform;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.platform.helm.FakeHelm;
import dev.gatehouse.platform.helm.Release;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.KarpenterController;
import dev.gatehouse.testkit.kubernetes.RolloutController;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A platform on the mock API server, with small charts. Time passes only while somebody waits, and
 * the cluster's controllers work then.
 */
public final class PlatformFixture implements AutoCloseable, InstantSource {
  public static final String NAMESPACE = "gatehouse";
  public static final Author AUTHOR = new Author("ada", "gatehouse apply", Optional.empty());

  private static final String RESTORE =
      """
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {name: directory-restore}
      spec:
        template:
          spec:
            restartPolicy: Never
            securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: restore
                image: directory
                command: [restore, '%s']
                securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  public final ApiServer server = ApiServer.start();
  public final KubernetesClient client = server.client();
  public final LiveObjects live = new LiveObjects(server.innerClient());
  public final RolloutController controllers = new RolloutController(server, NAMESPACE);
  public final AtomicReference<String> extra = new AtomicReference<>("");
  public final FakeHelm helm = new FakeHelm(new LiveObjects(client), this::manifest);
  public final ConfigMapStore store = new ConfigMapStore(server, NAMESPACE, this);

  /** The engines of a cloud, none at first. */
  public final AtomicReference<CloudPools> cloud = new AtomicReference<>(CloudPools.NONE);

  final List<String> waited = new ArrayList<>();
  public boolean areControllersWorking = true;
  private @Nullable KarpenterController karpenter;
  private Instant now = Instant.parse("2026-11-30T10:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** The cluster's nodes are made by Karpenter from now on. */
  public void withKarpenter() {
    karpenter = KarpenterController.install(server);
  }

  /** Time passes, and the controllers work. */
  public void pause(Duration time) {
    synchronized (this) {
      now = now.plus(time);
    }
    if (areControllersWorking) {
      controllers.finish();
      if (karpenter != null) {
        karpenter.finish();
      }
    }
  }

  public Platform platform() {
    return platform(false);
  }

  Platform platform(boolean isAdopting) {
    return platform(isAdopting, Duration.ofMinutes(10), this::pause);
  }

  /** Which never loses patience. */
  public Platform platform(Rollouts.Pause pause) {
    return platform(false, Duration.ofDays(1_000_000), pause);
  }

  private Platform platform(boolean isAdopting, Duration patience, Rollouts.Pause pause) {
    return Platform.open(
        new Platform.Tools(
            client,
            helm,
            store,
            NAMESPACE,
            AUTHOR,
            cloud.get(),
            isAdopting,
            patience,
            this,
            pause));
  }

  Applier applier() {
    return applier("ada@laptop");
  }

  Applier applier(String identity) {
    return new Applier(
        platform(),
        new Permissions(client),
        new ApplyLease(client, NAMESPACE, identity, this, this::pause),
        NAMESPACE);
  }

  /** Plans and applies, as a person does. */
  public Plan apply(String definition) throws InterruptedException {
    var plan = plan(definition);
    var applier = applier();
    applier.check(plan);
    applier.apply(plan, false, progress());
    return plan;
  }

  public Plan plan(String definition) {
    return platform().plan(parts(definition));
  }

  public static List<Part> parts(String definition) {
    return new Desired(ClusterDefinitionFile.parse("cluster.yaml", definition), Path.of("k8s"))
        .all(definition, Optional.empty());
  }

  Progress progress() {
    return new Progress() {
      @Override
      public void begins(PartPlan part) {
        waited.add("begins " + part.part().name());
      }

      @Override
      public void waits(PartPlan part, String what) {
        waited.add("waits " + what);
      }

      @Override
      public void done(PartPlan part) {
        waited.add("done " + part.part().name());
      }

      @Override
      public void stops(PartPlan at, List<PartPlan> notDone) {
        waited.add(
            "stops at %s, not done: %s"
                .formatted(at.part().name(), notDone.stream().map(p -> p.part().name()).toList()));
      }
    };
  }

  private String manifest(Release release) {
    return switch (release.name()) {
      case "gatehouse-foundation" -> foundation(release) + extra.get();
      case "gatehouse" -> gatehouse(release);
      case "directory" -> directory(release);
      default -> throw new AssertionError(release.name());
    };
  }

  private static String foundation(Release release) {
    return """
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: gatehouse
      labels: {pod-security.kubernetes.io/enforce: restricted}
      annotations: {helm.sh/resource-policy: keep}
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: gatehouse-workspaces
      annotations: {helm.sh/resource-policy: keep}
    ---
    apiVersion: v1
    kind: ResourceQuota
    metadata: {name: workspaces, namespace: gatehouse-workspaces}
    spec:
      hard: {pods: %s, requests.memory: %s}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: gatehouse-guard-rails}
    data:
      guard-rails.yaml: |
    %s
    """
        .formatted(
            at(release, "quota.pods"),
            at(release, "quota.memory"),
            Manifests.write(values(release, "guardRails")).indent(4));
  }

  private static String gatehouse(Release release) {
    return """
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: gatehouse}
    spec:
      replicas: %s
      selector: {matchLabels: {app: gateway}}
      template:
        metadata:
          labels: {app: gateway}
          annotations: {gatehouse.dev/settings: '%s'}
        spec:
          containers: [{name: gateway, image: '%s'}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: gatehouse}
    spec:
      type: %s
      ports: [{name: ssh, port: %s}]
    """
        .formatted(
            at(release, "gateway.replicas"),
            at(release, "gateway.restart"),
            at(release, "images.gateway"),
            at(release, "gateway.service.type"),
            at(release, "gateway.service.port"));
  }

  private static String directory(Release release) {
    return """
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: directory}
    spec:
      replicas: %s
      serviceName: directory
      selector: {matchLabels: {app: directory}}
      template:
        metadata: {labels: {app: directory}}
        spec:
          securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: slapd
              image: '%s'
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %s}}}
    """
            .formatted(
                isRestoring(release) ? 0 : at(release, "servers"),
                at(release, "images.directory"),
                at(release, "storage"))
        + (isRestoring(release) ? RESTORE.formatted(at(release, "restore.from")) : "");
  }

  private static boolean isRestoring(Release release) {
    return Trees.at(release.values(), "restore.enabled").isPresent();
  }

  private static Object at(Release release, String path) {
    return Trees.at(release.values(), path).orElseThrow();
  }

  private static Map<String, Object> values(Release release, String key) {
    return Trees.map(release.values().get(key));
  }

  @Override
  public void close() {
    store.close();
    client.close();
    server.close();
  }
}
