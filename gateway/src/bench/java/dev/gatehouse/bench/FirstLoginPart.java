package dev.gatehouse.bench;

import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * How long it takes from the start of the launcher until somebody has logged in, who tries again
 * each millisecond; the handshake counts. The gateway finds its keys and people as an earlier run
 * has left them.
 */
final class FirstLoginPart implements Part {
  private static final int STARTS = 5;
  private static final double GOAL = 1000; // ms
  private static final long PAUSE = 1_000_000; // ns
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path LAUNCHER = Path.of("bin", "gatehouse").toAbsolutePath();
  private static final Pattern USER = Pattern.compile("^  User (\\S+)$", Pattern.MULTILINE);

  /** A way to start it. */
  private record Start(String command, Program program, int port) {}

  @Override
  public String name() {
    return "start to the first login";
  }

  @Override
  public Outcome measure() throws Exception {
    var folder = Folders.temporary();
    try {
      train(folder, "try");
      train(folder, "serve");
      var rows = new ArrayList<String>();
      rows.add(tryCommand(folder));
      try (var api = ApiServer.start()) {
        rows.add(serve(folder, api));
      }
      return new Outcome(rows, List.of());
    } finally {
      Folders.delete(folder);
    }
  }

  /** What the launcher does beside a first start; here it is waited for. */
  private static void train(Path folder, String start) {
    launcher(folder, "train", start).within(PATIENCE).run().ok();
  }

  private String tryCommand(Path folder) throws IOException {
    var state = folder.resolve("try");
    var port = Ports.free();
    var program =
        launcher(folder, "try", "--port", Integer.toString(port), "--state", state.toString());
    try (var first = program.start()) {
      var _ = Jvm.awaitStdout(first, "is ready");
      end(first);
    }
    var user = USER.matcher(Folders.read(state.resolve("ssh_config")));
    if (!user.find()) {
      throw new AssertionError("no User in " + state.resolve("ssh_config"));
    }
    var key = LightKey.read(state.resolve("id_ed25519"));
    return row(new Start("try", program, port), user.group(1), key);
  }

  /** With its people in a folder; an LDAP server would take what it takes. */
  private String serve(Path folder, ApiServer api) throws IOException {
    var identity = folder.resolve("id_alice");
    var key = LightKey.read(identity);
    var state = privateFolder(folder.resolve("serve"));
    var people = privateFolder(state.resolve("people"));
    try (var directory =
        EmbeddedDirectory.open(
            Path.of("../config/people.ldif"),
            people.resolve("directory.ldif"),
            InstantSource.system())) {
      directory.ensurePerson(
          new Username("alice"),
          "Alice",
          List.of(key.publicKey()),
          new GroupName("gatehouse-admins"));
    }
    var port = Ports.free();
    var definition =
        Folders.write(
            folder.resolve("cluster.yaml"),
            "gateway: {port: %d, health: {host: 127.0.0.1, port: 0}, drain: {accept: 0s, limit: 1s}}\nkubernetes: {reach: direct}\n"
                .formatted(port));
    var program =
        launcher(folder, "serve", "--cluster", definition.toString(), "--state", state.toString())
            .with("KUBECONFIG", kubeconfig(folder, api).toString());
    try (var first = program.start()) {
      logIn(first, port, "alice", key);
      end(first);
    }
    return row(new Start("serve", program, port), "alice", key);
  }

  private String row(Start start, String login, LightKey key) throws IOException {
    var millis = new double[STARTS];
    for (var i = 0; i < STARTS; i++) {
      millis[i] = measure(start, login, key);
    }
    Arrays.sort(millis);
    var median = millis[STARTS / 2];
    return Cells.alone(
        "%s, `gatehouse %s`".formatted(name(), start.command()),
        "%.0f ms (best %.0f)".formatted(median, millis[0]),
        "≤ %.0f ms".formatted(GOAL),
        median <= GOAL);
  }

  private static double measure(Start start, String login, LightKey key) throws IOException {
    var began = System.nanoTime();
    try (var gateway = start.program().start()) {
      logIn(gateway, start.port(), login, key);
      var millis = (System.nanoTime() - began) / 1e6;
      end(gateway);
      return millis;
    }
  }

  private static void logIn(Running gateway, int port, String login, LightKey key) {
    while (true) {
      try (var _ = LightClient.login(port, login, key)) {
        return;
      } catch (IOException e) {
        if (!gateway.isAlive()) {
          throw new AssertionError("the gateway has ended: " + gateway.stderrSoFar(), e);
        }
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  /** SIGTERM alone: Process.destroy closes the pipes too. */
  private static void end(Running gateway) {
    ProcessHandle.of(gateway.pid()).ifPresent(ProcessHandle::destroy);
    var _ = gateway.await();
  }

  private static Program launcher(Path home, String... arguments) {
    return Program.in(home, List.of(LAUNCHER.toString()))
        .and(arguments)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .within(PATIENCE);
  }

  private static Path privateFolder(Path folder) throws IOException {
    return Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static Path kubeconfig(Path folder, ApiServer api) {
    try (var client = api.client()) {
      return Folders.write(
          folder.resolve("kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: bench
          clusters: [{name: bench, cluster: {server: "%s"}}]
          users: [{name: bench, user: {token: bench}}]
          contexts: [{name: bench, context: {cluster: bench, user: bench}}]
          """
              .formatted(client.getMasterUrl()));
    }
  }
}
