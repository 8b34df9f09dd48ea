package dev.gatehouse.deploy;

import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import dev.gatehouse.workspace.kubernetes.LeaseLeader;
import dev.gatehouse.workspace.kubernetes.SecretFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * What a gateway asks the API server for about what all of them share: keys that are made, changed
 * and followed, and a lease that is taken, held and let go.
 */
final class GatewayLife {
  private static final String NAMESPACE = "gatehouse";

  private GatewayLife() {}

  /**
   * What was asked for.
   *
   * @param folder an empty one
   */
  static List<Access> accesses(Path folder) throws IOException {
    try (var server = ApiServer.start();
        var client = server.client()) {
      var keys = new SecretFolder(client, NAMESPACE, "gatehouse-keys", folder);
      keys.change(() -> Files.writeString(folder.resolve("key"), "first"));
      keys.change(() -> Files.writeString(folder.resolve("key"), "second"));
      var _ = keys.refresh();
      var leader =
          new LeaseLeader(client, NAMESPACE, "gatehouse-leader", "one", InstantSource.system());
      leader.round();
      leader.round();
      leader.release();
      return server.accesses();
    }
  }
}
