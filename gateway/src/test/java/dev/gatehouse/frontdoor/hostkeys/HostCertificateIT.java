package dev.gatehouse.frontdoor.hostkeys;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.testkit.Offer;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of host keys, with OpenSSH's {@code @cert-authority} and ssh-keygen. */
class HostCertificateIT {
  private static final String ED25519 = "ssh_host_ed25519_key";
  private static final String RSA = "ssh_host_rsa_key";
  private static final List<String> KEYS = List.of("ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256");

  @TempDir Path work;
  private final Path folder = Folders.temporary();
  private Path authority;

  @BeforeEach
  void makeKeys() {
    authority = Keys.generate(work, "ca");
    TestHostKeys.keygen(folder, "ed25519", "256");
    TestHostKeys.keygen(folder, "rsa", "2048");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh-ed25519-cert-v01@openssh.com",
        "rsa-sha2-512-cert-v01@openssh.com",
        "rsa-sha2-256-cert-v01@openssh.com"
      })
  void client_trustsTheAuthorityAlone_connects(String algorithm) {
    certify(ED25519, "-n", "127.0.0.1");
    certify(RSA, "-n", "127.0.0.1");
    try (var gateway = HostKeyGateway.modern(folder)) {
      var result = connect(gateway, authorityOnly(), "-oHostKeyAlgorithms=" + algorithm);
      assertThat(result.ok().stderr()).contains("kex: host key algorithm: " + algorithm);
    }
  }

  @Test
  void gateway_hasACertificateForEachKey_offersThemFirst() {
    certify(ED25519, "-n", "127.0.0.1");
    certify(RSA, "-n", "127.0.0.1");
    try (var gateway = HostKeyGateway.modern(folder)) {
      assertThat(Offer.of(gateway).hostKeys())
          .containsExactly(
              "ssh-ed25519-cert-v01@openssh.com",
              "rsa-sha2-512-cert-v01@openssh.com",
              "rsa-sha2-256-cert-v01@openssh.com",
              "ssh-ed25519",
              "rsa-sha2-512",
              "rsa-sha2-256");
    }
  }

  @Test
  void client_knowsTheKeyAndNotTheAuthority_connects() {
    certify(ED25519, "-n", "127.0.0.1");
    try (var gateway = HostKeyGateway.modern(folder)) {
      connect(gateway, gateway.knownHosts()).ok();
    }
  }

  @Test
  void client_trustsTheAuthorityForAnotherName_refusesByItself() {
    certify(ED25519, "-n", "gateway.example.com");
    try (var gateway = HostKeyGateway.modern(folder)) {
      var result = connect(gateway, authorityOnly());
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).contains("name is not a listed principal");
    }
  }

  @Test
  void certificate_isExpired_isNotOfferedAndTheLogSaysSo() {
    certify(ED25519, "-n", "127.0.0.1", "-V", "20200101:20200102");
    var log = startedWithout();
    assertThat(log)
        .contains("[host-certificate-expired]")
        .contains(ED25519 + "-cert.pub is valid from 20");
  }

  @Test
  void certificate_isAUsers_isNotOfferedAndTheLogSaysSo() {
    Program.in(folder, List.of("ssh-keygen", "-q", "-s", authority.toString(), "-I", "test"))
        .and("-n", "alice", publicHalf(ED25519).toString())
        .run()
        .ok();
    assertThat(startedWithout())
        .contains("[host-certificate-ignored]")
        .contains("it is a user certificate");
  }

  @Test
  void certificate_isForAnotherKey_isNotOfferedAndTheLogSaysSo() {
    certify(ED25519, "-n", "127.0.0.1");
    Folders.delete(folder.resolve(ED25519));
    assertThat(startedWithout())
        .contains("[host-certificate-ignored]")
        .contains("it is for another key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "ssh-ed25519-cert-v01@openssh.com AAAA", "\u001b]52;c;x"})
  void certificate_isNone_isNotOfferedAndTheLogSaysSo(String content) {
    Folders.write(folder.resolve(ED25519 + "-cert.pub"), content);
    assertThat(startedWithout()).contains("[host-certificate-ignored]").doesNotContain("\u001b");
  }

  @Test
  void certificate_isAPlainKey_isNotOfferedAndTheLogSaysSo() {
    Folders.write(folder.resolve(ED25519 + "-cert.pub"), Folders.read(publicHalf(ED25519)));
    assertThat(startedWithout()).contains("it is a key, not a certificate");
  }

  /** Who trusts an authority need not be told of new keys, if they are signed in time. */
  @Test
  void retire_nextKeyHasACertificate_clientThatTrustsTheAuthorityGoesOn() {
    certify(ED25519, "-n", "127.0.0.1");
    try (var gateway = HostKeyGateway.modern(folder)) {
      connect(gateway, authorityOnly()).ok();
      gateway.rotate();
      certify(ED25519 + ".next", "-n", "127.0.0.1");
      connect(gateway, authorityOnly()).ok();
      var before = gateway.preferred();
      gateway.keys().retire();
      assertThat(gateway.preferred()).isNotEqualTo(before);
      connect(gateway, authorityOnly()).ok();
    }
  }

  @Test
  void retire_nextKeyHasNoCertificate_theKeyItselfIsOffered() {
    certify(ED25519, "-n", "127.0.0.1");
    try (var gateway = HostKeyGateway.modern(folder)) {
      gateway.rotate();
      gateway.keys().retire();
      assertThat(Offer.of(gateway).hostKeys()).isEqualTo(KEYS);
    }
  }

  /** Starts a gateway that must offer keys only; answers what it logged. */
  private String startedWithout() {
    try (var log = LogLines.ofThisThread();
        var gateway = HostKeyGateway.modern(folder)) {
      assertThat(Offer.of(gateway).hostKeys()).isEqualTo(KEYS);
      connect(gateway, gateway.knownHosts()).ok();
      return String.join("\n", log.all());
    }
  }

  private Path authorityOnly() {
    var key = Folders.read(work.resolve("ca.pub"));
    return Folders.write(work.resolve("known"), "@cert-authority * " + key);
  }

  private void certify(String name, String... options) {
    Program.in(folder, List.of("ssh-keygen", "-q", "-h", "-s", authority.toString(), "-I", "test"))
        .and(options)
        .and(publicHalf(name).toString())
        .run()
        .ok();
  }

  /** As docs/algorithms.md says: the gateway writes no public halves. */
  private Path publicHalf(String name) {
    var shown = Program.in(folder, List.of("ssh-keygen", "-y", "-f", name)).run().ok().stdout();
    return Folders.write(folder.resolve(name + ".pub"), shown);
  }

  private static Result connect(HostKeyGateway gateway, Path knownHosts, String... options) {
    try (var laptop = new Laptop(gateway)) {
      return laptop
          .openssh("-v", "-oUserKnownHostsFile=" + knownHosts, "-oStrictHostKeyChecking=yes")
          .and(options)
          .and(HOST, "gate whoami")
          .run();
    }
  }
}
