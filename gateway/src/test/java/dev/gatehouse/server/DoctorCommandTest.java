package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.doctor.Finding;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class DoctorCommandTest {
  /** Its certificate and its name are inside of the cluster, not on the laptop. */
  @Test
  void checks_deployedDirectory_areLeftToTheGateway() throws InterruptedException {
    var definition = ClusterDefinitionFile.parse("test.yaml", "directory: {deployed: {}}\n");

    var checks = DoctorCommand.checks(definition, InstantSource.system());

    assertThat(checks).hasSize(1);
    assertThat(checks.getFirst().findings())
        .containsExactly(
            Finding.notChecked(
                "the directory answers inside of the cluster only", "'gate doctor' asks it there"));
  }
}
