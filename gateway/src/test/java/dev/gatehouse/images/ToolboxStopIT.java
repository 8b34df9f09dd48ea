package dev.gatehouse.images;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a workspace ends, people's work is told first, and clients learn how theirs ended. */
final class ToolboxStopIT {
  private static final int GRACE_SECONDS = 15;

  private final ToolboxPod pod =
      ToolboxPod.start(
          new PodVolumes(),
          ToolboxPod.workspace(BuiltImages.debian()).with("GATEHOUSE_GRACE", "" + GRACE_SECONDS));
  private final Laptop laptop = new Laptop(pod);

  @AfterEach
  void close() {
    laptop.close();
    pod.close();
  }

  @Test
  void term_whileProgramCleansUp_nobodyNewComesAndItsStatusArrives() {
    var work = exec("trap 'until [ -e go ]; do sleep 0.1; done; echo bye; exit 3' TERM");
    pod.signal("TERM");
    Poll.until("the end of readiness", () -> !pod.isReady());
    assertThat(pod.isRunning()).isTrue();
    assertThat(laptop.ssh("true").exit()).isEqualTo(255);
    Folders.write(home("go"), "");
    var result = work.await();
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("up\nbye\n");
    assertThat(pod.await().exit()).isZero();
  }

  /** It ignores SIGTERM, as every interactive shell does. */
  @Test
  void term_withInteractiveShell_shellIsHungUp() {
    var window = ToolboxContract.shell(laptop);
    window.type("trap 'echo hung > file; exit 5' HUP; echo tr''apped\r");
    window.await("trapped\\r\\n");
    pod.signal("TERM");
    assertThat(window.exit()).isEqualTo(5);
    assertThat(home("file")).hasContent("hung");
    assertThat(pod.await().exit()).isZero();
  }

  /** A shell that is hung up hangs up its jobs, and these may still be busy saving their work. */
  @Test
  void term_withJobOfInteractiveShell_jobCanSaveItsWork() {
    Folders.write(home("job"), waiting("trap 'sleep 2; echo all > saved; exit' TERM"));
    var window = ToolboxContract.shell(laptop);
    window.type("sh job\r");
    window.await("up\\r\\n");
    pod.signal("TERM");
    assertThat(pod.await().exit()).isZero();
    assertThat(home("saved")).hasContent("all");
  }

  @Test
  void term_programListensToNothing_isKilledInsideTheGracePeriod() {
    var work = exec("trap '' TERM HUP");
    var begin = Instant.now();
    pod.signal("TERM");
    assertThat(pod.await().exit()).isZero();
    assertThat(Duration.between(begin, Instant.now()))
        .isLessThan(Duration.ofSeconds(GRACE_SECONDS));
    // The client was told, and not cut off: sshd reports a signal, which ssh says by 255.
    assertThat(work.await().stderr()).doesNotContain("closed by", "reset");
  }

  /** Runtimes send what the image's STOPSIGNAL says: nginx's is QUIT, httpd's is WINCH. */
  @ParameterizedTest
  @ValueSource(strings = {"QUIT", "INT", "WINCH", "37"})
  void otherStopSignal_ofTheImage_endsItToo(String signal) {
    pod.signal(signal);
    assertThat(pod.await().exit()).isZero();
  }

  @Test
  void sshd_crashes_containerEnds() {
    pod.busybox("killall", "-KILL", "sshd").run().ok();
    assertThat(pod.await().exit()).isEqualTo(128 + 9);
    assertThat(pod.log()).contains("gatehouse: sshd has ended with status 137");
  }

  private Path home(String file) {
    return pod.home().resolve(file);
  }

  /** Starts a command that waits for a signal. */
  private Running exec(String trap) {
    var work = laptop.start(laptop.openssh(HOST, waiting(trap)));
    work.awaitStdout("up\n");
    return work;
  }

  private static String waiting(String trap) {
    return trap + "; echo up; while :; do sleep 0.1; done";
  }
}
