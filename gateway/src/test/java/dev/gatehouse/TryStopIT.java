package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However it ends, nothing is left running and nothing is lost. */
final class TryStopIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final TryHome home = new TryHome();

  @AfterEach
  void close() {
    home.close();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signal_withOpenSessions_endsAllOfThemSoon(String signal, int status) {
    var near = Ports.free();
    try (var gateway = home.start();
        var service = Listener.tcp(Services::echo);
        var shell = gateway.shell();
        var exec = typing(gateway.ssh("'echo pid $$; exec sleep 1000'"));
        var tunnel = typing(gateway.ssh("-N -L " + near + ":localhost:" + service.port()))) {
      shell.type("echo pid $(($$ + 0)); sleep 1000\r");
      var remote = new ArrayList<Long>();
      remote.add(pid(shell.await("pid (\\d+)\\r").group(1)));
      remote.add(pid(exec.awaitStdout("pid (\\d+)\\n").group(1)));
      remote.add(detached(gateway));
      Poll.until("a tunnel", () -> Ports.isListening(near));
      assertThat(Dial.tcp(near).exchange("ping")).isEqualTo("ping");
      assertThat(remote).allMatch(TryStopIT::isRunning);

      var begin = Instant.now();
      gateway.signal(signal);
      assertThat(gateway.await().exit()).isEqualTo(status);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);

      assertThat(remote).noneMatch(TryStopIT::isRunning);
      assertThat(exec.await().exit()).isEqualTo(255);
      assertThat(tunnel.await().exit()).isEqualTo(255);
      assertThat(shell.exit()).isEqualTo(255);
      assertThat(gateway.screen()).contains("closing 3 connections");
      assertThat(gateway.log()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  void kill_withOpenSession_losesNothing() {
    List<Long> left;
    try (var gateway = home.start();
        var exec = typing(gateway.ssh("'echo kept > file; sync; echo pid $$; exec sleep 1000'"))) {
      left = List.of(pid(exec.awaitStdout("pid (\\d+)\\n").group(1)));
      gateway.signal("KILL");
      gateway.await();
      assertThat(exec.await().exit()).isEqualTo(255);
    }
    try (var gateway = home.start()) {
      assertThat(gateway.ssh("cat file").run().ok().stdout()).isEqualTo("kept\n");
      assertThat(gateway.whoami()).containsPattern("administrator\\s+yes");
    }
    left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void secondStart_onFolderInUse_isRefusedAndHarmsNothing() {
    try (var first = home.start()) {
      first.ssh("'echo kept > file'").run().ok();
      first.awaitRsaHostKey();
      var before = home.stateFiles().stream().filter(Files::isRegularFile).map(Folders::read);
      var files = before.toList();

      var second = home.fail();

      assertThat(second.exit()).isEqualTo(75);
      assertThat(second.stdout()).isEmpty();
      assertThat(second.stderr())
          .startsWith("gatehouse: another gateway is using " + home.state())
          .hasLineCount(1);
      assertThat(home.stateFiles().stream().filter(Files::isRegularFile).map(Folders::read))
          .isEqualTo(files);
      assertThat(first.ssh("cat file").run().ok().stdout()).isEqualTo("kept\n");
    }
  }

  private static Running typing(Program program) {
    return program.typed().start();
  }

  /** A process that no session holds. */
  private static long detached(TryGateway gateway) {
    var started = "'nohup setsid sleep 1000 >/dev/null 2>&1 & echo $!'";
    return pid(gateway.ssh(started).run().ok().stdout().strip());
  }

  private static long pid(String text) {
    return Long.parseLong(text);
  }

  /** Not one that has ended and waits for its parent to ask how. */
  private static boolean isRunning(long pid) {
    try {
      return !Files.readString(Path.of("/proc", "" + pid, "status")).contains("State:\tZ");
    } catch (IOException e) {
      return false;
    }
  }
}
