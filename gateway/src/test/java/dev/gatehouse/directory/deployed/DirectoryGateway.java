package dev.gatehouse.directory.deployed;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.server.Gateway;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.MemoryDefinitionStore;
import dev.gatehouse.testkit.SshTarget;
import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway whose people are those of a slapd, with workspaces on this machine. */
final class DirectoryGateway implements SshTarget {
  private final Path folder = Folders.temporary();
  private final SlapdHome slapd;
  private final RemoteDirectory directory;
  private final Gateway gateway;

  DirectoryGateway(SlapdHome slapd) {
    this(slapd, "");
  }

  /**
   * @param more of the cluster definition
   */
  DirectoryGateway(SlapdHome slapd, String more) {
    this.slapd = slapd;
    var clock = InstantSource.system();
    var text = "gateway: {port: 0}\n" + more + slapd.definition();
    var definition = Folders.write(folder.resolve("cluster.yaml"), text);
    // To make one of 4096 bits takes seconds.
    KeyFile.open(folder.resolve("ssh_host_rsa_key"), DirectoryGateway::rsa2048);
    directory = RemoteDirectory.open(slapd.settings(), clock);
    gateway =
        new Gateway(
            new LiveDefinition(definition, UnaryOperator.identity()),
            new MemoryDefinitionStore(text, InstantSource.system()),
            SharedFolder.alone(folder),
            directory.directory(),
            directory.administration(),
            new SecondFactors(
                List.of(SharedFolder.alone(Folders.temporaryIn(folder))), InstantSource.system()),
            userCa -> new LocalWorkspaces(folder, userCa, clock),
            clock);
    Folders.write(
        knownHosts(), "[127.0.0.1]:" + gateway.port() + " " + gateway.hostKey().line() + "\n");
  }

  private static KeyPair rsa2048() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public int port() {
    return gateway.port();
  }

  /** The first administrator. */
  @Override
  public String login() {
    return SlapdHome.ADMINISTRATOR;
  }

  @Override
  public Path identity() {
    return slapd.administratorKey();
  }

  @Override
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public Path home() {
    return folder;
  }

  @Override
  public void close() {
    gateway.close();
    directory.close();
    Folders.delete(folder);
  }
}
