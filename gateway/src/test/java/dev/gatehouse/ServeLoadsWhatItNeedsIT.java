package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.install.ServeGateway;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Helm is 98 MB of Go that takes signals and threads, and AWS' SDK takes seconds to load: both
 * belong to the operator and to a person's commands. The gateway, which faces the Internet, loads
 * no class of them.
 */
final class ServeLoadsWhatItNeedsIT {
  private static final String DEFINITION =
      """
      gateway:
        port: 0
        health: {host: 127.0.0.1, port: 0}
      kubernetes: {reach: direct}
      """;

  private static final Pattern OF_THE_OPERATOR =
      Pattern.compile(
          "com\\.marcnuri\\S*|com\\.sun\\.jna\\S*|dev\\.gatehouse\\.platform\\.helm\\S*"
              + "|software\\.amazon\\S*|dev\\.gatehouse\\.aws\\S*");

  private final Path folder = Folders.temporary();

  @AfterEach
  void delete() {
    Folders.delete(folder);
  }

  @Test
  void serve_ready_hasLoadedNoClassOfHelmOrAws() throws IOException {
    var loaded = folder.resolve("loaded");
    var key = folder.resolve("id_ed25519");
    KeyFile.openEd25519(key);
    try (var api = ApiServer.start();
        var gateway =
            ServeGateway.launchWith(api, DEFINITION, key, "-Xlog:class+load:file=" + loaded)) {
      gateway.awaitReady();
      var classes = Files.readString(loaded);
      assertThat(classes).contains(" dev.gatehouse.server.ServeCommand ");
      assertThat(OF_THE_OPERATOR.matcher(classes).results().map(m -> m.group()).toList())
          .isEqualTo(List.of());
    }
  }
}
