package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the options of a key and of a certificate take away, as the real client sees it. That each
 * of it works where nothing is taken away is shown by {@code clients.GatewayIT}.
 */
class RestrictionsIT {
  private static final String PROHIBITED = "open failed: administratively prohibited";

  private static final AtomicInteger people = new AtomicInteger();
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start("gateway: {port: 0}", People.of("alice"));
            return gateway;
          });

  /** ssh as somebody new whose only key has these options. */
  private static Program as(String options, Laptop laptop, String... arguments) {
    var name = "p" + people.incrementAndGet();
    gateway.people().add(name);
    gateway.people().setKeys(name, options + " " + gateway.people().publicKey(name));
    var identity = gateway.people().identity(name).toString();
    return laptop.openssh("-l", name, "-i", identity, "-o", "IdentityAgent=none").and(arguments);
  }

  private static Program restricted(Laptop laptop, String... arguments) {
    return as("restrict", laptop, arguments);
  }

  // ---- restrict ----

  @Test
  void restricted_exec_runs(Laptop laptop) {
    assertThat(restricted(laptop, HOST, "echo runs").run().ok().stdout()).isEqualTo("runs\n");
  }

  @Test
  void restricted_shellWithoutTerminal_runs(Laptop laptop) {
    assertThat(restricted(laptop, "-T", HOST).run("echo runs\n").ok().stdout()).contains("runs\n");
  }

  @Test
  void restricted_sftp_runs(Laptop laptop) throws Exception {
    assertThat(fetched("restrict", laptop)).isEqualTo("content");
  }

  @Test
  void restricted_terminal_isRefused(Laptop laptop) {
    var result = restricted(laptop, "-tt", HOST, "echo own").run();
    assertThat(result.stderr()).contains("PTY allocation request failed on channel 0");
    assertThat(result.exit()).isEqualTo(255);
  }

  @Test
  void restrictedButPty_terminal_isGiven(Laptop laptop) {
    var result = as("restrict,pty", laptop, "-tt", HOST, "test -t 0 && echo there").run().ok();
    assertThat(result.stdout()).isEqualTo("there\r\n");
  }

  @Test
  void restricted_agent_isNotForwarded(Laptop laptop) {
    var socket = laptop.home().resolve("a");
    laptop.start(laptop.program("ssh-agent", "-D", "-a", socket.toString()));
    Poll.until("the agent listens", () -> Files.exists(socket));
    var ask = new String[] {"-A", HOST, "echo ${SSH_AUTH_SOCK:-none}"};
    var refused = restricted(laptop, ask).with("SSH_AUTH_SOCK", socket.toString()).run().ok();
    assertThat(refused.stdout()).isEqualTo("none\n");
    var granted = laptop.openssh(ask).with("SSH_AUTH_SOCK", socket.toString()).run().ok();
    assertThat(granted.stdout()).isNotEqualTo("none\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-X", "-Y"})
  void restricted_x11_isNotForwarded(String option, Laptop laptop) {
    Programs.require("xauth", "xauth");
    var display = "127.0.0.1:77";
    laptop.program("xauth", "-q", "-f", "x", "add", display, ".", "00".repeat(16)).run().ok();
    var result =
        restricted(laptop, option, HOST, "echo ${DISPLAY:-none}")
            .with("DISPLAY", display)
            .with("XAUTHORITY", laptop.home().resolve("x").toString())
            .run()
            .ok();
    assertThat(result.stdout()).isEqualTo("none\n");
    assertThat(result.stderr()).contains("X11 forwarding request failed");
  }

  @Test
  void restricted_localForward_isRefusedAndTheConnectionStays(Laptop laptop) {
    var port = Ports.free();
    var forward = port + ":127.0.0.1:" + gateway.port();
    var ssh = laptop.start(restricted(laptop, "-vN", "-L", forward, HOST));
    ssh.awaitStderr("Entering interactive session");
    for (var i = 0; i < 2; i++) {
      assertThat(Dial.tcp(port).listen()).isEmpty();
      ssh.awaitStderr("(?s)(" + PROHIBITED + ".*){" + (i + 1) + "}");
    }
    assertThat(ssh.isAlive()).isTrue();
  }

  @Test
  void restricted_dynamicForward_isRefused(Laptop laptop) {
    Programs.require("curl", "curl");
    var port = Ports.free();
    var ssh = laptop.start(restricted(laptop, "-vN", "-D", "127.0.0.1:" + port, HOST));
    ssh.awaitStderr("Entering interactive session");
    var url = "http://127.0.0.1:" + gateway.port();
    var curl = laptop.program("curl", "-sS", "--socks5-hostname", "127.0.0.1:" + port, url).run();
    assertThat(curl.exit()).isNotZero();
    ssh.awaitStderr(PROHIBITED);
  }

  @Test
  void restricted_forwardToSocket_isRefused(Laptop laptop) {
    laptop.keep(Listener.unix(laptop.remote().resolve("f"), Services::greet));
    var near = laptop.home().resolve("n");
    var forward = near + ":" + laptop.remote().resolve("f");
    var ssh = laptop.start(restricted(laptop, "-vN", "-L", forward, HOST));
    ssh.awaitStderr("Entering interactive session");
    assertThat(Dial.unix(near).listen()).isEmpty();
    ssh.awaitStderr(PROHIBITED);
  }

  @Test
  void restricted_remoteForward_isRefused(Laptop laptop) {
    var socket = laptop.remote().resolve("n");
    for (var forward : new String[] {"0:127.0.0.1:9", Ports.free() + "", socket + ":127.0.0.1:9"}) {
      var result = restricted(laptop, "-N", "-R", forward, HOST).run();
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).contains("remote port forwarding failed for listen p");
    }
    assertThat(socket).doesNotExist();
  }

  // ---- permitopen, permitlisten ----

  @Test
  void permitOpen_theNamedTargetAsItIsWritten_isTheOnlyOne(Laptop laptop) {
    var greets = laptop.keep(Listener.tcp(Services::greet));
    var other = laptop.keep(Listener.tcp(Services::greet));
    var options = "permitopen=\"127.0.0.1:%d\"".formatted(greets.port());
    assertThat(opens(options, laptop, "127.0.0.1:" + greets.port())).isTrue();
    assertThat(opens(options, laptop, "localhost:" + greets.port())).isFalse();
    assertThat(opens(options, laptop, "127.0.0.1:" + other.port())).isFalse();
    assertThat(opens(options, laptop, "127.0.0.1:" + (greets.port() + 65536))).isFalse();
  }

  @Test
  void permitOpen_anyPortOrAnyHost_isWhatItSays(Laptop laptop) {
    var greets = laptop.keep(Listener.tcp(Services::greet));
    var any = "permitopen=\"127.0.0.1:*\"";
    assertThat(opens(any, laptop, "127.0.0.1:" + greets.port())).isTrue();
    assertThat(opens(any, laptop, "localhost:" + greets.port())).isFalse();
    var host = "permitopen=\"*:%d\"".formatted(greets.port());
    assertThat(opens(host, laptop, "localhost:" + greets.port())).isTrue();
    assertThat(opens(host, laptop, "localhost:" + gateway.port())).isFalse();
  }

  /** A host and a port say nothing of sockets: by one, the agent or docker could be reached. */
  @Test
  void permitOpen_socket_isRefused(Laptop laptop) {
    laptop.keep(Listener.unix(laptop.remote().resolve("f"), Services::greet));
    var near = laptop.home().resolve("n");
    var forward = near + ":" + laptop.remote().resolve("f");
    var options = "permitopen=\"127.0.0.1:*\"";
    var ssh = laptop.start(as(options, laptop, "-vN", "-L", forward, HOST));
    ssh.awaitStderr("Entering interactive session");
    assertThat(Dial.unix(near).listen()).isEmpty();
    ssh.awaitStderr(PROHIBITED);
  }

  @Test
  void permitListen_theNamedPort_isTheOnlyOne(Laptop laptop) {
    var port = Ports.free();
    for (var options :
        new String[] {
          "permitlisten=\"%d\"", "permitlisten=\"localhost:%d\"", "permitlisten=\"localhost:*\""
        }) {
      assertThat(listens(options.formatted(port), laptop, port + ":127.0.0.1:9")).isTrue();
    }
    var only = "permitlisten=\"localhost:%d\"".formatted(port);
    assertThat(listens(only, laptop, Ports.free() + ":127.0.0.1:9")).isFalse();
    assertThat(listens(only, laptop, "127.0.0.1:" + port + ":127.0.0.1:9")).isFalse();
    assertThat(listens(only, laptop, laptop.remote().resolve("n") + ":127.0.0.1:9")).isFalse();
    // sshd, too, leaves the other direction alone.
    var greets = laptop.keep(Listener.tcp(Services::greet));
    assertThat(opens(only, laptop, "127.0.0.1:" + greets.port())).isTrue();
  }

  private static boolean opens(String options, Laptop laptop, String target) {
    var result = as(options, laptop, "-W", target, HOST).run();
    if (!result.stdout().equals("hello")) {
      // The client itself does not believe in ports beyond 65535.
      assertThat(result.stderr()).containsAnyOf("administratively prohibited", "Bad stdio");
    }
    return result.stdout().equals("hello");
  }

  private static boolean listens(String options, Laptop laptop, String forward) {
    var result = as(options, laptop, "-R", forward, HOST, "true").run();
    if (result.exit() != 0) {
      assertThat(result.stderr()).contains("remote port forwarding failed");
    }
    return result.exit() == 0;
  }

  // ---- command ----

  private static final String FORCED = "command=\"echo forced: $SSH_ORIGINAL_COMMAND\"";

  @Test
  void forced_exec_runsTheForcedCommandWhichSeesTheOwn(Laptop laptop) {
    assertThat(as(FORCED, laptop, HOST, "rm -rf /").run().ok().stdout())
        .isEqualTo("forced: rm -rf /\n");
  }

  @Test
  void forced_shell_runsTheForcedCommandWithoutAnOwn(Laptop laptop) {
    assertThat(as(FORCED, laptop, HOST).run().ok().stdout()).isEqualTo("forced:\n");
    var terminal = laptop.terminal(as(FORCED, laptop, "-t", HOST));
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.screen()).contains("forced:\r\n");
  }

  @Test
  void forced_subsystem_runsTheForcedCommand(Laptop laptop) {
    assertThat(as(FORCED, laptop, "-s", HOST, "sftp").run().stdout()).isEqualTo("forced: sftp\n");
  }

  @Test
  void forced_ownConsoleCommand_isNoConsole(Laptop laptop) {
    assertThat(as(FORCED, laptop, HOST, "gate whoami").run().ok().stdout())
        .isEqualTo("forced: gate whoami\n");
  }

  @Test
  void forced_consoleCommand_isTheConsoleWhateverWasAsked(Laptop laptop) {
    var whoami = "restrict,command=\"gate whoami\"";
    for (var asked : new String[] {"gate status", "echo own"}) {
      assertThat(as(whoami, laptop, HOST, asked).run().ok().stdout()).contains("user\tp");
    }
    assertThat(as(whoami, laptop, "-s", HOST, "sftp").run().stdout()).contains("user\tp");
  }

  /** One alone says nothing of forwarding: as with sshd, that takes restrict. */
  @Test
  void forced_withoutRestrict_forwards(Laptop laptop) {
    var greets = laptop.keep(Listener.tcp(Services::greet));
    assertThat(opens(FORCED, laptop, "127.0.0.1:" + greets.port())).isTrue();
  }

  @Test
  void forcedSftp_sftp_runs(Laptop laptop) throws Exception {
    assertThat(fetched("command=\"internal-sftp\"", laptop)).isEqualTo("content");
  }

  private static String fetched(String options, Laptop laptop) throws Exception {
    Files.writeString(laptop.remote().resolve("file"), "content");
    var get = "get %s/file got\n".formatted(laptop.remote());
    var batch = Files.writeString(laptop.home().resolve("batch"), get);
    var script = "#!/bin/sh\nexec %s \"$@\"\n";
    var command = String.join(" ", as(options, laptop).command());
    var ssh = Files.writeString(laptop.home().resolve("ssh.sh"), script.formatted(command));
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    laptop.program("sftp", "-S", ssh.toString(), "-b", batch.toString(), HOST).run().ok();
    return Files.readString(laptop.home().resolve("got"));
  }

  @Test
  void forcedSftp_anythingElse_isRefusedInWords(Laptop laptop) {
    for (var asked : new String[][] {{"-T", HOST}, {HOST, "echo own"}}) {
      var result = as("command=\"internal-sftp\"", laptop, asked).run();
      assertThat(result.exit()).isEqualTo(77);
      assertThat(result.stderr()).isEqualTo("gatehouse: this login is for sftp only (sftp-only)\n");
      assertThat(result.stdout()).isEmpty();
    }
  }
}
