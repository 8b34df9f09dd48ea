package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.GatewayProcess;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An operator that had rendered one chart could not be stopped: Helm's library takes SIGTERM and
 * SIGINT from the JVM, for the install that could be cut short, and keeps them. Kubernetes would
 * kill such a pod after its grace period, in the middle of whatever it does, and Ctrl-C would not
 * end {@code gatehouse apply}.
 */
final class HelmSignalsIT {
  private final Path folder = Folders.temporary();

  @AfterEach
  void delete() {
    Folders.delete(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void signal_afterARender_endsTheProcessThroughItsHooks(String signal) {
    Programs.skipUnless(
        HelmLibrary.fits(System.getProperties()),
        "Helm's library has no native part for this machine",
        "linux-amd64");
    try (var process = child().start()) {
      process.awaitStdout("rendered");
      Program.in(folder, List.of("kill", "-" + signal, Long.toString(process.pid()))).run().ok();
      assertThat(process.await().stdout()).contains("hook ran").doesNotContain("nobody stopped it");
    }
  }

  private Program child() {
    // A shell that runs the tests in its background has SIGINT ignored, which is inherited.
    return Program.in(
            folder,
            List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                GatewayProcess.classPath(),
                Child.class.getName(),
                Resources.file("helm/small").toString()))
        .within(Duration.ofMinutes(1));
  }

  /** Renders a chart, and waits for the end. */
  static final class Child {
    private Child() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] chart) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
      try (var renderer = Helms.renderer(Optional.empty())) {
        renderer.render(new Release("small", "gatehouse", Path.of(chart[0]), Map.of()));
        System.out.println("rendered");
        Thread.sleep(Duration.ofSeconds(40));
        System.out.println("nobody stopped it");
      }
    }
  }
}
