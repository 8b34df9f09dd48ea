package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WatchStartWithoutTerminalTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @Test
  void watch_eachStep_isALineOnStderr() throws Exception {
    var outcome = CompletableFuture.supplyAsync(() -> fixture.gate(ALICE, "workspace start"));
    fixture.workspaces.watched.await();
    fixture.startOf(ALICE, "main").step("waiting for a node");
    fixture.startOf(ALICE, "main").step("pulling the image");
    fixture.startOf(ALICE, "main").running();
    assertThat(outcome.get(20, TimeUnit.SECONDS))
        .isEqualTo(
            new ConsoleFixture.Outcome(
                0,
                "Workspace main is running. Connect: ssh alice@example.com\n",
                "starting main: waiting for a node\nstarting main: pulling the image\n"));
  }
}
