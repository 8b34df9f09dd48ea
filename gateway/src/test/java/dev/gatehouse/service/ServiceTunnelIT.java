package dev.gatehouse.service;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A tunnel to where a declared service should listen starts it, with the real client. */
@Execution(ExecutionMode.SAME_THREAD)
class ServiceTunnelIT {
  private static final String FAILED = "open failed: connect failed: gatehouse: service web ";

  private final int port = Ports.free();
  private GatewayTarget gateway;
  private Laptop laptop;

  @BeforeEach
  void start() {
    Programs.require("python3", "python3");
    gateway = LocalTarget.start("gateway: {port: 0}");
    laptop = new Laptop(gateway);
  }

  @AfterEach
  void stop() {
    laptop.close();
    gateway.close();
  }

  /** The service writes a line to the file {@code starts} each time that it is started. */
  private void define(String command, String more) {
    gateway.redefine(
        """
        gateway: {port: 0}
        machineTypes:
          standard:
            services:
              web:
                command: |-
                  echo started >> starts; %s
                %s
        """
            .formatted(command.replace("PORT", "" + port), more.replace("PORT", "" + port)));
  }

  private static String serve(String before) {
    return before + "exec /usr/bin/python3 -m http.server PORT --bind 127.0.0.1";
  }

  private Result get(String path) {
    return reach("localhost:" + port, path);
  }

  private Result reach(String target, String path) {
    return laptop.openssh("-W", target, HOST).run("GET %s HTTP/1.0\r\n\r\n".formatted(path));
  }

  private Result gate(String command) {
    return laptop.ssh("gate " + command);
  }

  private Path file(String name) {
    return gateway.home().resolve(name);
  }

  private long starts() {
    return Files.exists(file("starts")) ? Folders.read(file("starts")).lines().count() : 0;
  }

  @Test
  void tunnel_workspaceStopped_startsItAndTheService() {
    define(serve(""), "port: PORT");

    var answer = get("/");

    assertThat(answer.ok().stdout()).startsWith("HTTP/1.0 200 OK");
    assertThat(starts()).isEqualTo(1);
    assertThat(get("/").ok().stdout()).startsWith("HTTP/1.0 200 OK");
    assertThat(starts()).isEqualTo(1);
  }

  @Test
  void tunnel_toAnUndeclaredPort_isRefusedAsBefore() {
    define(serve(""), "port: PORT");

    var refused = reach("localhost:" + Ports.free(), "/");

    assertThat(refused.exit()).isEqualTo(255);
    assertThat(refused.stderr()).contains("open failed: connect failed: Connection refused");
    assertThat(starts()).isZero();
  }

  @Test
  void tunnels_severalAtOnce_shareOneStart() {
    define(serve("sleep 1; "), "port: PORT");

    List<Running> tunnels =
        Stream.generate(() -> laptop.start(laptop.openssh("-W", "localhost:" + port, HOST).typed()))
            .limit(5)
            .toList();
    tunnels.forEach(tunnel -> tunnel.type("GET / HTTP/1.0\r\n\r\n"));

    assertThat(tunnels).allSatisfy(t -> assertThat(t.await().stdout()).startsWith("HTTP/1.0 200"));
    assertThat(starts()).isEqualTo(1);
  }

  @Test
  void tunnel_notReady_waitsForTheAnswerOfItsPath() {
    // The first answers of a program that is still loading.
    define(
        "(sleep 1; mkdir -p site/up) & mkdir -p site; cd site; " + serve("").replace("exec ", ""),
        "port: PORT\n        ready: {http: /up/, timeout: 30s}");

    assertThat(get("/up/").ok().stdout()).startsWith("HTTP/1.0 200 OK");
  }

  @Test
  void tunnel_commandFails_isToldWhyAndTriedAnewAfterAPause() {
    define(serve("test -e good || { echo no good today >&2; exit 3; }; "), "port: PORT");

    var first = get("/");
    assertThat(first.exit()).isEqualTo(255);
    assertThat(first.stderr())
        .contains(FAILED + "ended with status 3: no good today (service-failed)");
    assertThat(get("/").stderr()).contains("no good today; it is tried again in ");
    assertThat(starts()).isEqualTo(1);

    Folders.write(file("good"), "");
    Poll.until("the service is tried anew", () -> get("/").exit() == 0);
    assertThat(starts()).isEqualTo(2);
  }

  @Test
  void tunnel_neverReady_isToldSoAndTheProgramEnds() {
    define("echo $$ > pid; exec sleep 1000", "port: PORT\n        ready: {timeout: 1s}");

    assertThat(get("/").stderr())
        .contains(FAILED + "was not ready within 1 s (port %d), and was stopped".formatted(port))
        .contains("(service-not-ready)");
    var pid = Long.parseLong(Folders.read(file("pid")).strip());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void service_crashes_isStartedAgain() {
    define("echo $$ > pid; " + serve(""), "port: PORT");
    get("/").ok();

    ProcessHandle.of(Long.parseLong(Folders.read(file("pid")).strip()))
        .orElseThrow()
        .destroyForcibly();

    // Whoever comes while it is down waits for it too.
    assertThat(get("/").ok().stdout()).startsWith("HTTP/1.0 200 OK");
    assertThat(gate("service list --json").ok().stdout()).contains("\"restarts\" : 1");
    assertThat(starts()).isEqualTo(2);
  }

  @Test
  void stop_whileTunnelsWait_endsThemWithTheReason() {
    define("exec sleep 1000", "port: PORT");
    List<Running> waiting =
        Stream.generate(() -> laptop.start(laptop.openssh("-W", "localhost:" + port, HOST).typed()))
            .limit(2)
            .toList();
    Poll.until("the service has been started", () -> starts() == 1);

    gate("service stop web").ok();

    assertThat(waiting)
        .allSatisfy(
            t ->
                assertThat(t.await().stderr())
                    .contains(FAILED + "was stopped while it started (service-stopped)"));
  }

  @Test
  void stop_ofTheWorkspace_endsTheServiceAndWhoWaits() {
    define("echo $$ > pid; exec sleep 1000", "port: PORT");
    var waiting = laptop.start(laptop.openssh("-W", "localhost:" + port, HOST).typed());
    Poll.until("the service has been started", () -> Files.exists(file("pid")) && starts() == 1);

    gate("workspace stop").ok();

    assertThat(waiting.await().exit()).isEqualTo(255);
    var pid = Long.parseLong(Folders.read(file("pid")).strip());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void tunnel_toASocket_startsTheService() {
    var script =
        """
        import socketserver as s
        class H(s.StreamRequestHandler):
          def handle(self):
            self.rfile.readline()
            self.wfile.write(b"by socket")
        s.ThreadingUnixStreamServer("web.sock", H).serve_forever()
        """;
    Folders.write(file("serve.py"), script);
    define("exec /usr/bin/python3 serve.py", "socket: ~/web.sock");

    var forward = laptop.home().resolve("forward.sock");
    laptop.start(laptop.openssh("-N", "-L", forward + ":" + file("web.sock"), HOST));
    Poll.until("the forward is there", () -> Files.exists(forward));

    assertThat(
            laptop
                .program("curl", "-s", "--http0.9", "--unix-socket", forward.toString(), "http://a")
                .run()
                .ok()
                .stdout())
        .isEqualTo("by socket");
    assertThat(starts()).isEqualTo(1);
  }

  @Test
  void service_token_isInItsEnvironmentAndNowhereElse() {
    define(
        "echo \"$WEB_TOKEN\" > seen; " + serve(""), "port: PORT\n        tokenVariable: WEB_TOKEN");
    get("/").ok();

    var token = Folders.read(file("seen")).strip();
    assertThat(token).matches("[0-9a-f]{48}");
    var kept = file(".local/state/gatehouse/services/main/web.token");
    assertThat(Folders.read(kept)).isEqualTo(token + "\n");
    assertThat(laptop.ssh("stat -c %a " + kept).ok().stdout()).isEqualTo("600\n");
    assertThat(laptop.ssh("ps ax -o args").ok().stdout()).doesNotContain(token);
  }
}
