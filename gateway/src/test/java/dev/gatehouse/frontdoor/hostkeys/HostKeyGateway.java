package dev.gatehouse.frontdoor.hostkeys;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.console.HostKeyring;
import dev.gatehouse.console.HostKeyring.HostKey;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.server.Gateway;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.MemoryDefinitionStore;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.SshTarget;
import dev.gatehouse.testkit.StagedWorkspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** The gateway with its host keys in the hands of the test. */
final class HostKeyGateway implements SshTarget {
  private static final String LOGIN = "alice";

  private final Path folder;
  private final People people = People.of(LOGIN);
  private final Gateway gateway;

  private HostKeyGateway(String profile, Path folder) {
    this.folder = folder;
    var definition = "gateway: {port: 0, algorithms: %s}".formatted(profile);
    this.gateway =
        new Gateway(
            new LiveDefinition(ClusterDefinitionFile.parse("test.yaml", definition)),
            new MemoryDefinitionStore(definition, InstantSource.system()),
            SharedFolder.alone(folder),
            people,
            null,
            null,
            StagedWorkspaces::new,
            InstantSource.system());
    Folders.write(knownHosts(), line(gateway.hostKey()));
  }

  /** With an RSA key that is made quickly. */
  static HostKeyGateway modern() {
    return modern(Folders.temporary());
  }

  /**
   * As above, in a folder that the test has prepared.
   *
   * @param folder deleted at the end
   */
  static HostKeyGateway modern(Path folder) {
    TestHostKeys.make(folder, "ssh_host_rsa_key");
    return new HostKeyGateway("modern", folder);
  }

  /** With keys of full length, made by ssh-keygen, which is quick. */
  static HostKeyGateway of(String profile) {
    var folder = Folders.temporary();
    TestHostKeys.keygen(folder, "rsa", "4096");
    return new HostKeyGateway(profile, folder);
  }

  HostKeyring keys() {
    return gateway.hostKeys();
  }

  void rotate() {
    TestHostKeys.rotate(folder, keys());
  }

  List<SshPublicKey> publicKeys() {
    return keys().all().stream().map(HostKey::key).toList();
  }

  SshPublicKey preferred() {
    return gateway.hostKey();
  }

  /** A file for {@code UserKnownHostsFile} that knows these keys of the gateway. */
  Path knowing(Path file, List<SshPublicKey> keys) {
    return Folders.write(file, keys.stream().map(this::line).collect(Collectors.joining()));
  }

  /** The keys that a known_hosts file has. */
  static List<SshPublicKey> known(Path file) {
    return Folders.read(file)
        .lines()
        .map(line -> SshPublicKey.parse(line.split(" ", 2)[1]))
        .toList();
  }

  private String line(SshPublicKey key) {
    return "[127.0.0.1]:%d %s%n".formatted(gateway.port(), key.line());
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public String login() {
    return LOGIN;
  }

  @Override
  public Path identity() {
    return people.identity(LOGIN);
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
    gateway.close();
    people.close();
    if (Files.exists(folder)) {
      Folders.delete(folder);
    }
  }
}
