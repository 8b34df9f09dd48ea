package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program understands what the Deployment starts it with. */
final class ArgumentsIT {
  private static final Path JAR = Path.of("target", "gatehouse.jar").toAbsolutePath();

  @TempDir Path home;

  /**
   * There is no such definition on a machine that runs tests; of its arguments it does not
   * complain.
   */
  @Test
  void start_argumentsOfTheDeployment_areUnderstood() {
    Programs.requireFile(JAR, "./mvnw", "package");
    var container = Rendered.shipped().container();
    var options = container.at("/env/0/value").asString().split(" ");
    var arguments = Manifests.texts(container.path("args"));
    var command =
        Stream.of(
                Stream.of(System.getProperty("java.home") + "/bin/java"),
                Stream.of(options),
                Stream.of("-jar", JAR.toString()),
                arguments.stream())
            .flatMap(words -> words)
            .toList();
    var result = Program.in(home, command).run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(ExitCode.NOINPUT.status());
    assertThat(result.stderr()).contains("/etc/gatehouse/cluster.yaml");
  }

  /** The container has these folders, and may write to the second. */
  @Test
  void start_argumentsOfTheDeployment_nameWhatIsMounted() {
    var container = Rendered.shipped().container();
    var mounted =
        container
            .path("volumeMounts")
            .valueStream()
            .filter(m -> !m.path("readOnly").asBoolean(false))
            .map(m -> m.path("mountPath").asString())
            .toList();
    var arguments = Manifests.texts(container.path("args"));
    assertThat(arguments).contains("--cluster", "/etc/gatehouse/cluster.yaml");
    assertThat(mounted)
        .contains(arguments.get(arguments.indexOf("--state") + 1))
        .doesNotContain("/etc/gatehouse");
  }
}
