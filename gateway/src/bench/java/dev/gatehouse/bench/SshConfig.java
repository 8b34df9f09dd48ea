package dev.gatehouse.bench;

import java.nio.file.Path;

/** What a client needs to know of a host, and nothing of the machine that it runs on. */
final class SshConfig {
  private SshConfig() {}

  static String of(String host, int port, String login, Path identity, Path knownHosts) {
    return """
    Host %s
      HostName 127.0.0.1
      Port %d
      User %s
      IdentityFile %s
      IdentitiesOnly yes
      BatchMode yes
      UserKnownHostsFile %s
      GlobalKnownHostsFile /dev/null
      StrictHostKeyChecking yes
      ExitOnForwardFailure yes
    """
        .formatted(host, port, login, identity, knownHosts);
  }
}
