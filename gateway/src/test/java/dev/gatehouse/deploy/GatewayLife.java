package dev.gatehouse.deploy;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.server.NodeRequests;
import dev.gatehouse.server.PublishedCosts;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import dev.gatehouse.workspace.kubernetes.GatewayPods;
import dev.gatehouse.workspace.kubernetes.LeaseLeader;
import dev.gatehouse.workspace.kubernetes.SecretFolder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a gateway asks the API server for about what all of them share: keys and second factors that
 * are made, changed and followed, a lease that is taken, held and let go, and the definition, which
 * is followed and changed until the oldest revision goes.
 */
public final class GatewayLife {
  private static final String NAMESPACE = "gatehouse";

  /** As many as the gateway spreads people over. */
  private static final int SECOND_FACTOR_SECRETS = 32;

  private GatewayLife() {}

  /**
   * What was asked for.
   *
   * @param folder an empty one
   */
  public static List<Access> accesses(Path folder) throws IOException {
    try (var server = ApiServer.start();
        var client = server.client()) {
      share(client, "gatehouse-keys", folder);
      for (var i = 0; i < SECOND_FACTOR_SECRETS; i++) {
        var name = "gatehouse-second-factors-%02d".formatted(i);
        share(client, name, Files.createDirectory(folder.resolve(name)));
      }
      var leader =
          new LeaseLeader(client, NAMESPACE, "gatehouse-leader", "one", InstantSource.system());
      leader.round();
      leader.round();
      leader.release();
      var _ = new GatewayPods(client, NAMESPACE).all();
      changeDefinition(server, client);
      followStatus(client);
      wish(server, client);
      readUsage(client);
      return server.accesses();
    }
  }

  /** An apply has made it before. */
  private static void changeDefinition(ApiServer server, KubernetesClient client) {
    var author = new Author("ada", "the test", Optional.empty());
    try (var admin = server.innerClient();
        var apply = new ConfigMapDefinitionStore(admin, NAMESPACE, InstantSource.system())) {
      var _ = apply.change(0, "# 1", author);
    }
    try (var store = new ConfigMapDefinitionStore(client, NAMESPACE, InstantSource.system())) {
      var last = new AtomicLong();
      store.follow(revision -> last.set(revision.number()));
      for (var base = 1; base <= DefinitionStore.KEPT; base++) {
        var _ = store.change(base, "# " + (base + 1), author);
      }
      Poll.until("the last one is told", () -> last.get() == DefinitionStore.KEPT + 1);
    }
  }

  /** The foundation has made the object. */
  private static void wish(ApiServer server, KubernetesClient client) {
    try (var admin = server.innerClient()) {
      admin
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("gatehouse-requests")
                  .withNamespace(NAMESPACE)
                  .endMetadata()
                  .build())
          .create();
    }
    var requests = new NodeRequests(client, NAMESPACE);
    var _ = requests.tasks();
    var _ =
        requests.wish(
            new NodeWish(
                "n1", Kind.CORDONED, "ada", "the test", Instant.EPOCH, false, false, false));
  }

  /** What the operator says is read, and followed while somebody looks. */
  private static void followStatus(KubernetesClient client) {
    var status = client.configMaps().inNamespace(NAMESPACE).withName("gatehouse-status");
    var _ = status.get();
    try (var informer = status.inform()) {
      Poll.until("it is watched", informer::isWatching);
    }
  }

  /** What each month of a year costs. */
  private static void readUsage(KubernetesClient client) {
    var costs = new PublishedCosts(client, NAMESPACE, InstantSource.system());
    for (var month = 1; month <= 12; month++) {
      var _ = costs.month(YearMonth.of(2026, month));
    }
    var _ = costs.told();
  }

  private static void share(KubernetesClient client, String secret, Path folder)
      throws IOException {
    var shared = new SecretFolder(client, NAMESPACE, secret, folder);
    shared.change(() -> Files.writeString(folder.resolve("file"), "first"));
    shared.change(() -> Files.writeString(folder.resolve("file"), "second"));
    var _ = shared.refresh();
  }
}
