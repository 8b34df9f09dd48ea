package dev.gatehouse.directory;

import static java.util.stream.Collectors.joining;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/** Debian's slapd on a free port of its own, with the schema of the embedded directory. */
final class Slapd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");

  /** slapd itself has the first two, its password policy the last. */
  private static final Set<String> BUILT_IN =
      Set.of("uidNumber", "gidNumber", "pwdAccountLockedTime");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final int port;
  private final Path log;

  private Slapd(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static Slapd start(Path folder, String ldif) {
    try {
      Files.createDirectory(folder.resolve("db"));
      var config = Files.writeString(folder.resolve("slapd.conf"), config(folder));
      var log = folder.resolve("slapd.log");
      var entries = Files.writeString(folder.resolve("entries.ldif"), ldif);
      run(log, "slapadd", "-f", config.toString(), "-l", entries.toString());
      var port = freePort();
      var process =
          builder(
                  log,
                  PROGRAM.toString(),
                  "-f",
                  config.toString(),
                  "-h",
                  "ldap://127.0.0.1:" + port,
                  "-d", // in the foreground
                  "0")
              .start();
      return new Slapd(process, port, log);
    } catch (IOException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String config(Path folder) throws IOException, LDIFException {
    var schema = EmbeddedSchema.ours();
    var types =
        schema.getAttributeTypes().stream()
            .filter(t -> !BUILT_IN.contains(t.getNameOrOID()))
            .map(t -> "attributetype " + t);
    var classes = schema.getObjectClasses().stream().map(c -> "objectclass " + c);
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/inetorgperson.schema
    %s
    modulepath /usr/lib/ldap
    moduleload back_mdb
    moduleload ppolicy
    pidfile %s/slapd.pid
    database mdb
    suffix "%s"
    rootdn "cn=admin,%s"
    rootpw secret
    directory %s/db
    overlay ppolicy
    """
        .formatted(
            Stream.concat(types, classes).collect(joining("\n")),
            folder,
            ContractSeed.BASE,
            ContractSeed.BASE,
            folder);
  }

  /** A new connection, as soon as slapd accepts one. */
  LDAPConnection connect() {
    var end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return new LDAPConnection("127.0.0.1", port);
      } catch (LDAPException e) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          throw new IllegalStateException(read(log), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  /** As above, bound as who may change anything. */
  LDAPConnection connectAsAdministrator() throws LDAPException {
    var connection = connect();
    connection.bind("cn=admin," + ContractSeed.BASE, "secret");
    return connection;
  }

  @Override
  public void close() {
    kill();
  }

  /** With SIGKILL, as when its machine is lost. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static void run(Path log, String... command) throws IOException {
    if (builder(log, command).start().onExit().join().exitValue() != 0) {
      throw new IllegalStateException(read(log));
    }
  }

  private static ProcessBuilder builder(Path log, String... command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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
