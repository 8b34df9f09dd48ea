package dev.gatehouse.trial;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.name.Username;
import dev.gatehouse.server.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What makes the first ssh work without a question: the host key, and a client configuration in
 * which the gateway is called gatehouse.
 */
record ClientConfig(
    PrivateFolder folder, Username username, List<Path> identities, Gateway gateway) {
  /** The name of the gateway in the configuration. */
  static final String HOST = "gatehouse";

  /**
   * Writes them. All keys are named, and no others are tried: an agent full of keys would use up
   * the attempts before the right one. Where none is known, ssh offers what it would to any host.
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
    var named =
        identities.stream()
            .map(file -> "  IdentityFile %s%n".formatted(word(file)))
            .collect(joining());
    var only = identities.isEmpty() ? "" : "  IdentitiesOnly yes\n";
    return """
    # Written by 'gatehouse try' at each start.
    Host %s
      HostName 127.0.0.1
      Port %d
      User %s
      UserKnownHostsFile %s
      StrictHostKeyChecking yes
      UpdateHostKeys yes
    %s%s\
    """
        .formatted(HOST, gateway.port(), username, word(knownHosts), only, named);
  }

  /** One word of ssh_config: in quotes, and without what ssh would take for a token there. */
  private static String word(Path path) {
    var text = path.toString();
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
  }

  private static void write(Path file, String text) {
    try {
      var durable = new DurableFile(file);
      durable.removeLeftovers();
      durable.replace(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CANTCREAT,
          "%s cannot be written: %s".formatted(Quote.path(file), FileProblem.of(e)));
    }
  }
}
