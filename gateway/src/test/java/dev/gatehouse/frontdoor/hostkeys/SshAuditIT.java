package dev.gatehouse.frontdoor.hostkeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the real ssh-audit says of each profile. Its test of the connection rate is left out: it
 * wants the whole machine, and limits on connections are tested where they are made.
 */
class SshAuditIT {
  private static final Path PROGRAM = Path.of("target/ssh-audit/usr").toAbsolutePath();
  private static final Path POLICIES = Path.of("../config/ssh-audit").toAbsolutePath();

  /** Versions after 3.3 warn of them, for a quantum computer could break them one day. */
  private static final List<String> CURVE25519 =
      List.of("curve25519-sha256", "curve25519-sha256@libssh.org");

  private static final List<String> OLD_MACS = List.of("hmac-sha2-256", "hmac-sha2-512");

  private static final List<String> NIST_EXCHANGES =
      List.of("ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521");

  private static final List<String> NIST = and(NIST_EXCHANGES, List.of("ecdsa-sha2-nistp384"));

  private static final List<String> FIPS_HYBRIDS =
      List.of("mlkem768nistp256-sha256", "mlkem1024nistp384-sha384");

  @TempDir Path home;

  @Test
  void modern_hasNoFailureAndNoWarningButThoseOfCurve25519() {
    var report = report("modern");
    assertThat(noted(report, "fail")).isEmpty();
    assertThat(noted(report, "warn")).isSubsetOf(CURVE25519);
    assertThat(report.get("cves")).isEmpty();
    assertThat(algorithms(report).map(algorithm -> algorithm.get("algorithm").asString()))
        .as("the audit has seen something")
        .contains("mlkem768x25519-sha256", "ssh-ed25519", "rsa-sha2-512", "aes256-gcm@openssh.com");
  }

  @Test
  void compatible_failsAndWarnsForTheOldClientsOnly() {
    var report = report("compatible");
    assertThat(noted(report, "fail")).containsExactlyElementsOf(NIST_EXCHANGES);
    assertThat(noted(report, "warn")).containsAll(OLD_MACS).isSubsetOf(and(CURVE25519, OLD_MACS));
  }

  /** It distrusts NIST's curves, which are what FIPS approves; 3.3 does not know two names. */
  @Test
  void fips_failsForNistsCurvesOnly() {
    var report = report("fips");
    assertThat(noted(report, "fail")).containsAll(NIST).isSubsetOf(and(NIST, FIPS_HYBRIDS));
    assertThat(noted(report, "warn")).isSubsetOf(and(NIST, FIPS_HYBRIDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"modern", "compatible", "fips"})
  void policy_ofTheProfile_passes(String profile) {
    try (var gateway = HostKeyGateway.of(profile)) {
      var result = audit(gateway, "-P", POLICIES.resolve(profile + ".txt").toString());
      assertThat(result.exit()).as(result.toString()).isZero();
      assertThat(json(result).get("passed").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"compatible, modern", "modern, fips"})
  void policy_ofAnotherProfile_doesNotPass(String profile, String policy) {
    try (var gateway = HostKeyGateway.of(profile)) {
      var result = audit(gateway, "-P", POLICIES.resolve(policy + ".txt").toString());
      assertThat(json(result).get("passed").asBoolean()).isFalse();
    }
  }

  @Test
  void keyscan_modern_findsBothKeys() {
    try (var gateway = HostKeyGateway.modern()) {
      Programs.require("ssh-keyscan", "openssh-client");
      var found =
          Program.in(home, List.of("ssh-keyscan", "-p", "" + gateway.port(), "127.0.0.1"))
              .run()
              .ok();
      var file = Folders.write(home.resolve("found"), found.stdout());
      assertThat(HostKeyGateway.known(file))
          .containsExactlyInAnyOrderElementsOf(gateway.publicKeys());
    }
  }

  private JsonNode report(String profile) {
    try (var gateway = HostKeyGateway.of(profile)) {
      return json(audit(gateway, "--skip-rate-test"));
    }
  }

  private Result audit(HostKeyGateway gateway, String... options) {
    var program =
        Programs.requireFile(PROGRAM.resolve("bin/ssh-audit"), "bash", ".ci/ssh-audit").toString();
    // -B: Python would write what it compiled beside the program.
    return Program.in(home, List.of("/usr/bin/python3", "-B", program, "-j"))
        .with("PYTHONPATH", PROGRAM.resolve("lib/python3/dist-packages").toString())
        .and(options)
        .and("-p", "" + gateway.port(), gateway.host())
        .run();
  }

  private static JsonNode json(Result result) {
    try {
      return JsonMapper.shared().readTree(result.stdout());
    } catch (RuntimeException e) {
      throw new AssertionError(result.toString(), e);
    }
  }

  private static List<String> and(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** The algorithms that have a note of this level, once each. */
  private static List<String> noted(JsonNode report, String level) {
    return algorithms(report)
        .filter(algorithm -> algorithm.path("notes").has(level))
        .map(algorithm -> algorithm.get("algorithm").asString())
        .toList();
  }

  private static Stream<JsonNode> algorithms(JsonNode report) {
    return Stream.of("kex", "key", "enc", "mac").flatMap(kind -> report.get(kind).valueStream());
  }
}
