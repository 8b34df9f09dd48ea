package dev.gatehouse.directory.deployed;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What stays of a slapd when it ends: its people, secrets and addresses. It is run by the scripts
 * and with the configuration of {@code k8s/directory}, as in a cluster.
 */
public final class SlapdHome {
  /** The DN above everything, as the scripts have it unless they are told otherwise. */
  public static final String BASE = "dc=gatehouse,dc=local";

  /** The first administrator of a home that was given no people. */
  public static final String ADMINISTRATOR = "ada";

  private static final Path DEPLOYED = Path.of("../k8s/directory").toAbsolutePath().normalize();

  private final Path folder;
  private final SlapdSecrets secrets;
  private final Path seed;
  private final int port = Ports.free();
  private final int tlsPort = Ports.free();
  private int number = 1;
  private List<SlapdHome> mirror = List.of();

  private SlapdHome(Path folder, SlapdSecrets secrets, Path seed) {
    this.folder = folder;
    this.secrets = secrets;
    this.seed = seed;
    directory("data");
    directory("run");
  }

  /**
   * With the tree that a new directory has.
   *
   * @param folder an empty one
   */
  public static SlapdHome in(Path folder) {
    return new SlapdHome(folder, SlapdSecrets.make(folder), deployed("seed"));
  }

  /**
   * With these entries instead. There is no password policy: who guesses is not locked.
   *
   * @param folder an empty one
   * @param ldif parents first
   */
  public static SlapdHome in(Path folder, String ldif) {
    try {
      var seed = Files.createDirectory(folder.resolve("seed"));
      Files.writeString(seed.resolve("people.ldif"), ldif);
      return new SlapdHome(folder, SlapdSecrets.make(folder), seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file or folder of {@code k8s/directory}. */
  public static Path deployed(String name) {
    return DEPLOYED.resolve(name);
  }

  /** Two homes that will be each other's mirror; neither has been started yet. */
  public static List<SlapdHome> mirrored(Path folder) {
    try {
      var first = in(Files.createDirectory(folder.resolve("first")));
      var second =
          new SlapdHome(Files.createDirectory(folder.resolve("second")), first.secrets, first.seed);
      second.number = 2;
      first.mirror = List.of(first, second);
      second.mirror = first.mirror;
      return first.mirror;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts slapd and waits until it answers. */
  public DeployedSlapd start() {
    return new DeployedSlapd(this, script("start").start());
  }

  /** One of the scripts in {@code k8s/directory/bin}, with the settings of this home. */
  public Program script(String name) {
    Programs.require("slapd", "slapd");
    Programs.require("ldapsearch", "ldap-utils");
    return Program.in(folder, List.of(deployed("bin").resolve(name).toString()))
        .with("SUFFIX", BASE)
        .with("CONFIG", deployed("config").toString())
        .with("SEED", seed.toString())
        .with("SECRETS", secrets.folder().resolve("secrets").toString())
        .with("TLS", secrets.folder().resolve("tls").toString())
        .with("DATA", folder.resolve("data").toString())
        .with("RUN", folder.resolve("run").toString())
        .with("LISTEN", "ldap://127.0.0.1:%d %s".formatted(port, url()))
        .with("SERVER_ID", Integer.toString(number))
        .with("PEERS", String.join(" ", mirror.stream().map(SlapdHome::url).toList()));
  }

  /** The section {@code directory} of a cluster definition, for a gateway that uses it. */
  public String definition() {
    return """
    directory:
      ldap:
        servers: [%s]
        base: %s
        bindDn: cn=gateway,cn=services
        bindPasswordFile: %s
        ca: %s
    """
        .formatted(url(), BASE, gateway("ldap-password"), gateway("ldap-ca.pem"));
  }

  private Path gateway(String file) {
    return secrets.folder().resolve("gateway").resolve(file);
  }

  /** As the gateway reads it. */
  public LdapSettings settings() {
    var file = Folders.write(folder.resolve("cluster.yaml"), definition());
    return ClusterDefinitionFile.load(file).directory().ldap().orElseThrow();
  }

  /** Loses all people, as with a volume. */
  public void loseData() {
    Folders.delete(folder.resolve("data"));
    directory("data");
  }

  public Path folder() {
    return folder;
  }

  /** Where it listens for LDAP with StartTLS, on the loopback address. */
  public int port() {
    return port;
  }

  /** Where it listens for LDAPS. */
  public String url() {
    return "ldaps://127.0.0.1:" + tlsPort;
  }

  /** The certificate (PEM) that its own is checked against. */
  public Path ca() {
    return secrets.folder().resolve("tls/ca.crt");
  }

  /** The file with the password of {@code cn=<name>,cn=services}. */
  public Path passwordFile(String service) {
    return secrets.folder().resolve("secrets/services").resolve(service);
  }

  /** The password of {@code cn=<name>,cn=services}. */
  public String password(String service) {
    return Folders.read(passwordFile(service)).strip();
  }

  /** The private key that {@link #ADMINISTRATOR} logs in with. */
  public Path administratorKey() {
    return secrets.key();
  }

  /** The password of {@link #ADMINISTRATOR}. */
  public String administratorPassword() {
    return Folders.read(secrets.folder().resolve("secrets/administrator/password")).strip();
  }

  private void directory(String name) {
    try {
      Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
