package dev.gatehouse.directory.embedded;

import static java.util.stream.Collectors.joining;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.gatehouse.cluster.LdapSchema;
import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.cluster.LdapSettings.Server;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.TestCa;
import dev.gatehouse.testkit.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Debian's slapd on a free port of its own, with the schema of the embedded directory and a
 * certificate of a CA of its own.
 */
public final class Slapd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");

  /** An ordinary user's PATH does not lead there. */
  private static final String SLAPADD = "/usr/sbin/slapadd";

  public static final String ADMINISTRATOR = "cn=admin," + ContractSeed.BASE;
  public static final String PASSWORD = "secret";

  /** A user of the directory that may do nothing but what ACLs of a test allow. */
  private static final String ACCESS =
      """
      access to attrs=userPassword by self write by anonymous auth by * none
      access to attrs=sshPublicKey by self write by users read by * none
      access to * by users read by * none
      """;

  /** slapd itself has the first two, its password policy the others. */
  private static final Set<String> BUILT_IN =
      Set.of("uidNumber", "gidNumber", "pwdAccountLockedTime");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * How it is set up.
   *
   * @param modules loaded beside mdb and ppolicy
   * @param database lines for the database
   * @param global lines in front of it
   * @param certificateFor subjectAltName
   * @param schema beside that of inetOrgPerson
   */
  public record Setup(
      List<String> modules,
      String database,
      String global,
      String certificateFor,
      Optional<String> schema) {
    public static final Setup PLAIN =
        new Setup(List.of(), "", "", "IP:127.0.0.1", Optional.empty());

    /** It tells of changes (RFC 4533). */
    public static final Setup SYNCING =
        PLAIN.with("syncprov", "overlay syncprov\nsyncprov-sessionlog 1000");

    public Setup with(String module, String lines) {
      return new Setup(
          Stream.concat(modules.stream(), Stream.of(module)).toList(),
          database + lines + "\n",
          global,
          certificateFor,
          schema);
    }

    public Setup withGlobal(String lines) {
      return new Setup(modules, database, global + lines + "\n", certificateFor, schema);
    }

    public Setup withCertificateFor(String other) {
      return new Setup(modules, database, global, other, schema);
    }

    /** In place of the embedded directory's. */
    public Setup withSchema(String lines) {
      return new Setup(modules, database, global, certificateFor, Optional.of(lines));
    }
  }

  private final Path folder;
  private final TestCa ca;
  private final int port;
  private final int securePort;
  private Process process;

  private Slapd(Path folder, TestCa ca, int port, int securePort, Process process) {
    this.folder = folder;
    this.ca = ca;
    this.port = port;
    this.securePort = securePort;
    this.process = process;
  }

  public static void require() {
    Programs.require(PROGRAM.toString(), "slapd");
    Programs.require("openssl", "openssl");
  }

  public static Slapd start(Path folder, String ldif) {
    return start(folder, ldif, Setup.PLAIN);
  }

  public static Slapd start(Path folder, String ldif, Setup setup) {
    require();
    try {
      Files.createDirectories(folder.resolve("db"));
      var ca = TestCa.make(folder, "ours");
      Files.writeString(folder.resolve("slapd.conf"), config(folder, ca, setup));
      Files.writeString(folder.resolve("password"), PASSWORD + "\n");
      var entries = Files.writeString(folder.resolve("entries.ldif"), ldif);
      run(folder, SLAPADD, "-q", "-f", conf(folder), "-l", entries.toString());
      var ports = freePorts();
      var slapd = new Slapd(folder, ca, ports[0], ports[1], launch(folder, ports));
      slapd.connect().close();
      return slapd;
    } catch (IOException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  /** After {@link #kill}, on the same port with the same entries. */
  public void restart() {
    try {
      process = launch(folder, port, securePort);
      connect().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After {@link #kill}, on the same port with other entries, as from a backup. */
  public void restartWith(String ldif) {
    try {
      for (var file : Objects.requireNonNull(folder.resolve("db").toFile().listFiles())) {
        Files.delete(file.toPath());
      }
      var entries = Files.writeString(folder.resolve("entries.ldif"), ldif);
      run(folder, SLAPADD, "-q", "-f", conf(folder), "-l", entries.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    restart();
  }

  /** Hangs: connections are accepted by the kernel, and nothing answers. */
  public void suspend() {
    signal("STOP");
    while (!read(Path.of("/proc/%d/status".formatted(process.pid()))).contains("T (stopped)")) {
      Thread.onSpinWait();
    }
  }

  public void resume() {
    signal("CONT");
  }

  public Server server() {
    return new Server("127.0.0.1", port, false);
  }

  /** The same with TLS from the beginning. */
  public Server secureServer() {
    return new Server("127.0.0.1", securePort, true);
  }

  /** As the administrator, over StartTLS. */
  public LdapSettings settings() {
    return settings(List.of(server()));
  }

  public LdapSettings settings(LdapSchema schema) {
    var s = settings();
    return new LdapSettings(
        s.servers(),
        s.startTls(),
        s.ca(),
        s.bind(),
        s.timeout(),
        s.readOnly(),
        schema,
        s.ids(),
        s.cache());
  }

  public LdapSettings settings(List<Server> servers) {
    return new LdapSettings(
        servers,
        true,
        Optional.of(ca.certificate()),
        new Bind.Simple(ADMINISTRATOR, folder.resolve("password")),
        Duration.ofSeconds(2),
        false,
        LdapSchema.usual(Kind.RFC2307BIS, ContractSeed.BASE),
        Ids.DEFAULT,
        new Cache(Duration.ofSeconds(4), Duration.ofHours(1)));
  }

  public TestCa ca() {
    return ca;
  }

  public Path passwordFile() {
    return folder.resolve("password");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path folder, int... ports) throws IOException {
    // -d keeps it in the foreground.
    return builder(
            folder,
            PROGRAM.toString(),
            "-f",
            conf(folder),
            "-h",
            "ldap://127.0.0.1:%d ldaps://127.0.0.1:%d".formatted(ports[0], ports[1]),
            "-d",
            "0")
        .start();
  }

  private static String conf(Path folder) {
    return folder.resolve("slapd.conf").toString();
  }

  private static String config(Path folder, TestCa ca, Setup setup)
      throws IOException, LDIFException {
    var server = ca.issue("server", setup.certificateFor());
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/inetorgperson.schema
    %s
    modulepath /usr/lib/ldap
    moduleload back_mdb
    moduleload ppolicy
    %s
    pidfile %s/slapd.pid
    TLSCACertificateFile %s
    TLSCertificateFile %s
    TLSCertificateKeyFile %s
    %s
    sizelimit unlimited
    database mdb
    maxsize 1073741824
    suffix "%s"
    rootdn "%s"
    rootpw %s
    directory %s/db
    index uid,uidNumber,gidNumber,member,memberUid,entryUUID,entryCSN,objectClass eq
    %s
    overlay ppolicy
    %s
    """
        .formatted(
            setup.schema().isPresent() ? setup.schema().get() : embeddedSchema(),
            setup.modules().stream().map("moduleload "::concat).collect(joining("\n")),
            folder,
            ca.certificate(),
            server.certificate(),
            server.key(),
            setup.global(),
            ContractSeed.BASE,
            ADMINISTRATOR,
            PASSWORD,
            folder,
            ACCESS,
            setup.database());
  }

  private static String embeddedSchema() throws IOException, LDIFException {
    var schema = EmbeddedSchema.ours();
    var types =
        schema.getAttributeTypes().stream()
            .filter(t -> !BUILT_IN.contains(t.getNameOrOID()))
            .map(t -> "attributetype " + t);
    var classes = schema.getObjectClasses().stream().map(c -> "objectclass " + c);
    return Stream.concat(types, classes).collect(joining("\n"));
  }

  /** A new connection, as soon as slapd accepts one. */
  LDAPConnection connect() {
    var end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return new LDAPConnection("127.0.0.1", port);
      } catch (LDAPException e) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          throw new IllegalStateException(read(log(folder)), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  /** As above, bound as who may change anything. */
  public LDAPConnection connectAsAdministrator() throws LDAPException {
    var connection = connect();
    connection.bind(ADMINISTRATOR, PASSWORD);
    return connection;
  }

  @Override
  public void close() {
    kill();
  }

  /** With SIGKILL, as when its machine is lost. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static void run(Path folder, String... command) throws IOException {
    if (builder(folder, command).start().onExit().join().exitValue() != 0) {
      throw new IllegalStateException(read(log(folder)));
    }
  }

  private static ProcessBuilder builder(Path folder, String... command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
  }

  private static Path log(Path folder) {
    return folder.resolve("slapd.log");
  }

  /** Two that differ. */
  private static int[] freePorts() throws IOException {
    try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), other.getLocalPort()};
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
