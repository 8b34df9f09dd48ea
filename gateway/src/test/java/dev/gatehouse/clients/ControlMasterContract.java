package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.Services;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many sessions over one connection ({@code ControlMaster}), and forwards that come and go. */
abstract class ControlMasterContract {
  private static final int SESSIONS = 10;

  /** A pipe of Linux holds 64 KiB. */
  private static final int MORE_THAN_A_PIPE = 100_000;

  @Test
  void tenSessions_atOnce_eachHasItsOwnStreamsAndStatus(Laptop laptop) {
    master(laptop);
    var sessions =
        IntStream.range(0, SESSIONS)
            .mapToObj(i -> laptop.start(slave(laptop, HOST, "cat; exit " + i).typed()))
            .toList();
    // All of them are open before the first one ends.
    for (var i = 0; i < SESSIONS; i++) {
      sessions.get(i).type("input " + i);
    }
    for (var i = 0; i < SESSIONS; i++) {
      sessions.get(i).awaitStdout("input " + i);
    }
    for (var i = 0; i < SESSIONS; i++) {
      sessions.get(i).endInput();
      var result = sessions.get(i).await();
      assertThat(result.exit()).isEqualTo(i);
      assertThat(result.stdout()).isEqualTo("input " + i);
    }
  }

  @Test
  void session_isLarge_othersStayQuick(Laptop laptop) {
    master(laptop);
    // Read as fast as it comes, but not kept.
    var endless = laptop.sshCommand() + " -S m " + HOST + " cat /dev/zero > /dev/null";
    var busy = laptop.start(laptop.program("sh", "-c", "exec " + endless));
    for (var i = 0; i < 5; i++) {
      assertThat(slave(laptop, HOST, "echo quick").run().stdout()).isEqualTo("quick\n");
    }
    assertThat(busy.isAlive()).isTrue();
    busy.kill();
  }

  @Test
  void localForward_isAddedAndCancelled_comesAndGoes(Laptop laptop) {
    master(laptop);
    var far = laptop.keep(Listener.tcp(Services::greet));
    var port = Ports.free();
    var forward = port + ":127.0.0.1:" + far.port();
    slave(laptop, "-O", "forward", "-L", forward, HOST).run().ok();
    assertThat(Dial.tcp(port).listen()).isEqualTo("hello");
    slave(laptop, "-O", "cancel", "-L", forward, HOST).run().ok();
    Poll.until("the port is closed", () -> Ports.isFree(port));
  }

  @Test
  void remoteForward_isAddedAndCancelled_comesAndGoes(Laptop laptop) {
    master(laptop);
    var far = laptop.keep(Listener.tcp(Services::greet));
    var forward = "0:127.0.0.1:" + far.port();
    var said = slave(laptop, "-O", "forward", "-R", forward, HOST).run().ok();
    var port = Integer.parseInt(said.stdout().strip());
    assertThat(Dial.tcp(port).listen()).isEqualTo("hello");
    slave(laptop, "-O", "cancel", "-R", forward, HOST).run().ok();
    Poll.until("the port is closed", () -> Ports.isFree(port));
  }

  @Test
  void master_isToldToExit_sessionsEndWithIt(Laptop laptop) {
    var master = master(laptop);
    var session = laptop.start(slave(laptop, HOST, "echo up; cat").typed());
    session.awaitStdout("up\n");
    slave(laptop, "-O", "exit", HOST).run().ok();
    assertThat(session.await().exit()).isEqualTo(255);
    Poll.until("the master has ended", () -> !master.isAlive());
  }

  /**
   * A client that has seen EOF and sent its own says CLOSE, while the process still runs and has
   * not read all of its input.
   */
  @Test
  void session_processOutlivesItsOutput_takesItsInputAndTellsItsStatus(Laptop laptop) {
    var master = master(laptop, "-vv");
    var folder = laptop.remote();
    var quiet =
        "cd %s; exec >/dev/null 2>&1; until test -e go; do sleep 0.05; done; cat > got; exit 4"
            .formatted(folder);
    var session = laptop.start(slave(laptop, HOST, "exec sh -c '" + quiet + "'").typed());
    session.type("x".repeat(MORE_THAN_A_PIPE));
    session.endInput();
    master.awaitStderr("channel \\d+: send close");
    assertThat(folder.resolve("got")).doesNotExist();

    Folders.write(folder.resolve("go"), "");

    assertThat(session.await().exit()).isEqualTo(4);
    assertThat(folder.resolve("got")).hasSize(MORE_THAN_A_PIPE);
  }

  private static Running master(Laptop laptop, String... options) {
    var master = laptop.start(slave(laptop, "-M", "-N", HOST).and(options));
    Poll.until("the master is ready", () -> slave(laptop, "-O", "check", HOST).run().exit() == 0);
    return master;
  }

  private static Program slave(Laptop laptop, String... arguments) {
    return laptop.openssh("-S", laptop.home().resolve("m").toString()).and(arguments);
  }
}
