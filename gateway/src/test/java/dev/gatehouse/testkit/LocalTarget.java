package dev.gatehouse.testkit;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Workspaces;
import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The gateway with the workspaces of the embedded default behind it. */
public final class LocalTarget {
  private LocalTarget() {}

  /**
   * Starts one.
   *
   * @param definition cluster.yaml; it should ask for port 0
   */
  public static GatewayTarget start(String definition) {
    return start(definition, LocalWorkspaces::new);
  }

  /** As above, as on a machine without OpenSSH's sftp-server. */
  public static GatewayTarget startWithoutSftpServer(String definition) {
    return start(definition, LocalWorkspaces::withoutSftpServer);
  }

  private interface Backend {
    Workspaces open(Path state, SshPublicKey userCa, InstantSource clock);
  }

  private static GatewayTarget start(String definition, Backend backend) {
    var state = Folders.temporary();
    return GatewayTarget.start(
        definition,
        home(state),
        userCa -> backend.open(state, userCa, InstantSource.system()),
        state);
  }

  /** Tests look into the home before the first login makes it. */
  private static Path home(Path state) {
    try {
      return Files.createDirectories(state.resolve("homes").resolve(GatewayTarget.LOGIN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
