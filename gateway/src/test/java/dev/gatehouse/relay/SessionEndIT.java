package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a session ends, message by message, also when it was over before the workspace was there. */
class SessionEndIT {
  private static final int MORE_THAN_THE_WINDOW = 600_000;

  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start();
            return gateway;
          });

  @AfterEach
  void letGo() {
    gateway.workspaces().reset();
  }

  @Test
  void exec_ends_statusComesBeforeEofBeforeClose(Laptop laptop) {
    var log = laptop.openssh("-vvv", HOST, "echo out; exit 3").run().stderr();
    var status = log.indexOf("rtype exit-status reply 0");
    var eof = log.indexOf("rcvd eof");
    var close = log.indexOf("rcvd close");
    assertThat(status).isPositive().isLessThan(close);
    assertThat(eof).isPositive().isLessThan(close);
  }

  @Test
  void localCommand_ends_statusComesBeforeEofBeforeClose(Laptop laptop) {
    var log = laptop.openssh("-vvv", HOST, "gate whoami").run().ok().stderr();
    var status = log.indexOf("rtype exit-status reply 0");
    var eof = log.indexOf("rcvd eof");
    var close = log.indexOf("rcvd close");
    assertThat(status).isPositive().isLessThan(eof);
    assertThat(eof).isLessThan(close);
  }

  @Test
  void failedStart_ends_statusComesBeforeEofBeforeClose(Laptop laptop) {
    var log = laptop.openssh("-vvv", "-l", "alice+nosuch", HOST, "true").run().stderr();
    var status = log.indexOf("rtype exit-status reply 0");
    var eof = log.indexOf("rcvd eof");
    var close = log.indexOf("rcvd close");
    assertThat(status).isPositive().isLessThan(eof);
    assertThat(eof).isLessThan(close);
  }

  /** More than the gateway takes before the workspace is there, and EOF behind it. */
  @Test
  void stdin_sentBeforeTheWorkspaceIsThere_arrivesWholeAndThenEnds(Laptop laptop) {
    gateway.workspaces().hold();
    var input = new byte[MORE_THAN_THE_WINDOW];
    for (var i = 0; i < input.length; i++) {
      input[i] = (byte) (i * 31 + i / 256);
    }
    var file = laptop.home().resolve("input");
    write(file, input);
    var running = laptop.start(laptop.openssh("-vvv", HOST, "cat; echo -n over >&2").reading(file));
    gateway.workspaces().awaitAsked(1);
    // The client has used up what it was granted.
    running.awaitStderr("exec request accepted");
    gateway.workspaces().letGo();
    var result = running.await().ok();
    assertThat(Arrays.equals(result.bytes(), input)).isTrue();
    assertThat(result.stderr()).contains("over");
  }

  @Test
  void eof_sentBeforeTheWorkspaceIsThere_arrivesAfterTheData(Laptop laptop) {
    gateway.workspaces().hold();
    var file = Folders.write(laptop.home().resolve("input"), "all of it");
    var running = laptop.start(laptop.openssh("-vvv", HOST, "cat; echo").reading(file));
    gateway.workspaces().awaitAsked(1);
    running.awaitStderr("send eof|sent eof|input drain -> closed");
    gateway.workspaces().letGo();
    assertThat(running.await().ok().stdout()).isEqualTo("all of it\n");
  }

  /** {@code ssh host yes | head -1}: the workspace must hear that nobody reads any more. */
  @Test
  void reader_closesItsPipe_workspaceStops(Laptop laptop) {
    var ended = laptop.remote().resolve("ended");
    var pipe =
        "%s %s 'trap \"\" PIPE; yes; echo $? > %s' | head -1"
            .formatted(laptop.sshCommand(), HOST, ended);
    assertThat(laptop.program("sh", "-c", pipe).run().stdout()).isEqualTo("y\n");
    Poll.until("yes ends", () -> Files.size(ended) > 0);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
