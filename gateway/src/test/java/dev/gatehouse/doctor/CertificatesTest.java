package dev.gatehouse.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.TestCa;
import dev.gatehouse.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is told of while there is time to renew it. */
final class CertificatesTest {
  /** The test's authority makes them for two days. */
  private static State at(Path folder, Duration before) throws IOException {
    var pem = Files.readAllBytes(TestCa.make(folder, "ca").certificate());
    var now = Instant.now().plus(Duration.ofDays(2)).minus(before);
    return Certificates.findings("x", pem, now).getFirst().state();
  }

  @Test
  void certificate_nearItsEnd_isAWarningThenAProblem(@TempDir Path folder) throws IOException {
    assertThat(at(folder, Duration.ofDays(31))).isEqualTo(State.OK);
    assertThat(at(folder, Duration.ofDays(29))).isEqualTo(State.WARNING);
    assertThat(at(folder, Duration.ofDays(6))).isEqualTo(State.PROBLEM);
    assertThat(at(folder, Duration.ofDays(-3))).isEqualTo(State.PROBLEM);
  }

  @Test
  void file_thatIsNoCertificate_isAProblem() {
    assertThat(Certificates.findings("f", "-----BEGIN".getBytes(UTF_8), Instant.now()))
        .extracting(Finding::state)
        .containsExactly(State.PROBLEM);
  }
}
