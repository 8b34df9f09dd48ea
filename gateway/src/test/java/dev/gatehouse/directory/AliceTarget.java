package dev.gatehouse.directory;

import dev.gatehouse.server.Gateway;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.SshTarget;
import java.nio.file.Path;

/** Where alice's ssh goes: to a gateway that the test starts and ends. */
public record AliceTarget(Path folder, Gateway gateway, Path identity) implements SshTarget {
  public AliceTarget {
    var known = "[127.0.0.1]:%d %s%n".formatted(gateway.port(), gateway.hostKey().line());
    Folders.write(folder.resolve("known_hosts"), known);
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public String login() {
    return "alice";
  }

  @Override
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  @Override
  public void close() {
    // The test does.
  }
}
