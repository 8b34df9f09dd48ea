package dev.gatehouse;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What makes the first ssh work without a question: the host key, and a client configuration in
 * which the gateway is called gatehouse.
 */
record EntryFiles(TryState folder, OsUser user, Gateway gateway) {
  /** The name of the gateway in the configuration. */
  static final String HOST = "gatehouse";

  /**
   * Writes them.
   *
   * @return the client configuration, for {@code ssh -F}
   */
  Path write() {
    var knownHosts = folder.file("known_hosts");
    write(knownHosts, "[127.0.0.1]:%d %s%n".formatted(gateway.port(), gateway.hostKey().line()));
    var config = folder.file("ssh_config");
    write(config, configuration(knownHosts));
    return config;
  }

  private String configuration(Path knownHosts) {
    var identity =
        user.identity().map(file -> "  IdentityFile \"%s\"%n".formatted(file)).orElse("");
    return """
    # Written by 'gatehouse try' at each start.
    Host %s
      HostName 127.0.0.1
      Port %d
      User %s
      UserKnownHostsFile "%s"
      StrictHostKeyChecking yes
    %s\
    """
        .formatted(HOST, gateway.port(), user.username(), knownHosts, identity);
  }

  private static void write(Path file, String text) {
    try {
      new DurableFile(file).replace(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CANTCREAT,
          "%s cannot be written: %s".formatted(Quote.path(file), Quote.plain(e.toString())));
    }
  }
}
