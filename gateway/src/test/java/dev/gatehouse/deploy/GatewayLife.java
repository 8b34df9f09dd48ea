package dev.gatehouse.deploy;

import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import dev.gatehouse.workspace.kubernetes.GatewayPods;
import dev.gatehouse.workspace.kubernetes.LeaseLeader;
import dev.gatehouse.workspace.kubernetes.SecretFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * What a gateway asks the API server for about what all of them share: keys and second factors that
 * are made, changed and followed, and a lease that is taken, held and let go.
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
      return server.accesses();
    }
  }

  private static void share(KubernetesClient client, String secret, Path folder)
      throws IOException {
    var shared = new SecretFolder(client, NAMESPACE, secret, folder);
    shared.change(() -> Files.writeString(folder.resolve("file"), "first"));
    shared.change(() -> Files.writeString(folder.resolve("file"), "second"));
    var _ = shared.refresh();
  }
}
