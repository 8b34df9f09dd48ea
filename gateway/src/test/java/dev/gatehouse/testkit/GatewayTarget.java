package dev.gatehouse.testkit;

import dev.gatehouse.Gateway;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.Workspaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The gateway, with one person, alice, and one kind of workspaces behind it. */
public final class GatewayTarget implements SshTarget {
  static final String LOGIN = "alice";

  private final Path folder;
  private final Path home;
  private final Gateway gateway;
  private final List<Path> owned;

  private GatewayTarget(Path folder, Path home, Gateway gateway, List<Path> owned) {
    this.folder = folder;
    this.home = home;
    this.gateway = gateway;
    this.owned = owned;
  }

  /**
   * Starts one.
   *
   * @param definition cluster.yaml; the port is set here
   * @param home where sessions in the workspace begin
   * @param owned folders to delete at the end
   */
  public static GatewayTarget start(
      String definition, Path home, Function<SshPublicKey, Workspaces> backend, Path... owned) {
    var folder = Folders.temporary();
    var keygen = Programs.require("ssh-keygen", "openssh-client").toString();
    Program.in(folder, List.of(keygen, "-q", "-t", "ed25519", "-N", "", "-C", "id", "-f", "id"))
        .run()
        .ok();
    var key = SshPublicKey.parse(Folders.read(folder.resolve("id.pub")));
    var gateway =
        new Gateway(
            ClusterDefinitionFile.parse("test.yaml", definition),
            folder,
            only(person(key)),
            backend,
            InstantSource.system());
    Folders.write(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:" + gateway.port() + " " + gateway.hostKey().line() + "\n");
    return new GatewayTarget(folder, home, gateway, List.of(owned));
  }

  private static Person person(SshPublicKey key) {
    return new Person(
        new Username(LOGIN),
        10000,
        10000,
        "Alice",
        "/home/alice",
        "/bin/bash",
        Set.of(),
        List.of(key),
        false);
  }

  private static Directory only(Person person) {
    return username ->
        username.equals(person.username())
            ? new PersonLookup.Found(person)
            : new PersonLookup.Unknown();
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
    return folder.resolve("id");
  }

  @Override
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public void close() {
    gateway.close();
    Folders.delete(folder);
    owned.forEach(Folders::delete);
  }
}
