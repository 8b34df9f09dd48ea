package dev.gatehouse.images;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.TargetFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The image that docs/services.md has for machine types with Jupyter. */
@Nightly
class JupyterImageIT {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> ToolboxPod.start(new PodVolumes(), ToolboxPod.workspace(BuiltImages.jupyter())));

  /** As the gateway asks for it, and then through a tunnel at another port. */
  @Test
  void jupyter_asPersonInTheImage_answersThroughTheTunnel(Laptop laptop) {
    var start =
        """
        do start
        name jupyter
        workspace main
        command exec jupyter-notebook --no-browser --ip=127.0.0.1 --port=8888 --port-retries=0
        folder ~
        token JUPYTER_TOKEN

        ready
        """;
    assertThat(laptop.openssh("-s", HOST, "gatehouse-service").run(start).ok().stdout())
        .contains("state jupyter running ");
    var port = Ports.free();
    laptop.start(laptop.openssh("-N", "-L", port + ":localhost:8888", HOST));
    var api = laptop.program("curl", "-s", "http://localhost:%d/api".formatted(port));
    Poll.until(
        () -> "an answer of Jupyter",
        Duration.ofMinutes(2),
        () -> api.run().stdout().contains("version"));
    assertThat(laptop.ssh("python3 -c 'import pandas, sklearn, scipy'").exit()).isZero();
  }
}
