package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start that takes its time, watched on a terminal. */
final class WatchStartTest {
  private final ConsoleFixture fixture = new ConsoleFixture();
  private final PtyStreams terminal = new PtyStreams("xterm-256color");

  @BeforeEach
  void start() throws InterruptedException {
    terminal.run(fixture.console(), ALICE, "workspace start gpu");
    fixture.workspaces.watched.await();
    fixture.startOf(ALICE, "gpu").step("waiting for a node");
    terminal.await("starting gpu: waiting for a node");
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  @Test
  void watch_untilItRuns_rewritesOneLine() throws Exception {
    fixture.startOf(ALICE, "gpu").step("pulling the image");
    terminal.await("\r\u001b[Kstarting gpu: pulling the image");
    assertThat(terminal.text()).doesNotContain("\n");
    fixture.startOf(ALICE, "gpu").running();
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.text())
        .endsWith("\r\u001b[KWorkspace gpu is running. Connect: ssh alice+gpu@example.com\r\n");
  }

  @Test
  void watch_failedStart_showsItsCode() throws Exception {
    fixture
        .startOf(ALICE, "gpu")
        .failed(new FailureException(new Failure.Unavailable("no-capacity", "no node is free")));
    assertThat(terminal.exit()).isEqualTo(69);
    assertThat(terminal.plainText()).endsWith("gate: no node is free (no-capacity)\n");
  }

  @Test
  void watch_brokenStart_showsAnEvent() throws Exception {
    fixture.startOf(ALICE, "gpu").failed(new IllegalStateException("secret detail"));
    assertThat(terminal.exit()).isEqualTo(70);
    assertThat(terminal.plainText()).contains("quote the event").doesNotContain("secret");
  }

  @Test
  void ctrlC_endsTheWatchingOnly() throws Exception {
    terminal.type("\u0003");
    assertThat(terminal.exit()).isEqualTo(130);
    assertThat(terminal.plainText())
        .endsWith("gate: no longer watching; the start goes on, see 'gate workspace show gpu'\n");
    assertThat(fixture.startOf(ALICE, "gpu").endpoint().toCompletableFuture()).isNotDone();
  }

  @Test
  void vanish_whileWatching_endsQuietly() throws Exception {
    terminal.vanish();
    assertThat(terminal.exit()).isEqualTo(74);
    assertThat(fixture.startOf(ALICE, "gpu").endpoint().toCompletableFuture()).isNotDone();
  }

  @Test
  void resize_toNarrow_cutsTheLine() throws Exception {
    terminal.resize(20, 24);
    fixture.startOf(ALICE, "gpu").step("pulling an image");
    terminal.await("\r\u001b[Kstarting gpu: pull…");
  }
}
