package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Offer;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.StagedGateway;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole offer of each profile: what is not listed here is not offered, and docs/algorithms.md
 * says the same. There is no compression; strict key exchange (Terrapin, CVE-2023-48795) is always
 * offered.
 */
class AlgorithmsIT {
  private static final List<String> ETM_MACS =
      List.of("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com");

  private static final List<String> ALL_MACS =
      List.of(
          "hmac-sha2-512-etm@openssh.com",
          "hmac-sha2-256-etm@openssh.com",
          "hmac-sha2-256",
          "hmac-sha2-512");

  private static final List<String> MODERN_KEY_EXCHANGES =
      List.of(
          "mlkem768x25519-sha256",
          "sntrup761x25519-sha512",
          "sntrup761x25519-sha512@openssh.com",
          "curve25519-sha256",
          "curve25519-sha256@libssh.org",
          "ext-info-s",
          "kex-strict-s-v00@openssh.com");

  private static final List<String> ALL_KEY_EXCHANGES =
      List.of(
          "mlkem768x25519-sha256",
          "sntrup761x25519-sha512",
          "sntrup761x25519-sha512@openssh.com",
          "curve25519-sha256",
          "curve25519-sha256@libssh.org",
          "ecdh-sha2-nistp256",
          "ecdh-sha2-nistp384",
          "ecdh-sha2-nistp521",
          "ext-info-s",
          "kex-strict-s-v00@openssh.com");

  private static final List<String> MODERN_CIPHERS =
      List.of(
          "aes128-gcm@openssh.com",
          "aes256-gcm@openssh.com",
          "chacha20-poly1305@openssh.com",
          "aes256-ctr",
          "aes128-ctr");

  private static final List<String> MODERN_HOST_KEYS =
      List.of("ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256");

  private static final List<String> FIPS_KEY_EXCHANGES =
      List.of(
          "mlkem768nistp256-sha256",
          "mlkem1024nistp384-sha384",
          "ecdh-sha2-nistp384",
          "ecdh-sha2-nistp256",
          "ecdh-sha2-nistp521",
          "ext-info-s",
          "kex-strict-s-v00@openssh.com");

  private static final List<String> FIPS_CIPHERS =
      List.of("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes128-ctr");

  private static final List<String> FIPS_HOST_KEYS =
      List.of("ecdsa-sha2-nistp384", "rsa-sha2-512", "rsa-sha2-256");

  @ParameterizedTest
  @EnumSource
  void profile_offersThisAndNothingElse(AlgorithmProfile profile) {
    try (var gateway = start(profile)) {
      assertThat(Offer.of(gateway)).isEqualTo(expected(profile));
    }
  }

  /** What the gateway says it takes from people (RFC 8308, 3.1), and that strictness is agreed. */
  @ParameterizedTest
  @EnumSource
  void profile_withOpenSsh_isStrictAndTakesNoSha1(AlgorithmProfile profile) {
    try (var gateway = start(profile);
        var laptop = new Laptop(gateway)) {
      var log = laptop.openssh("-vvv", Laptop.HOST, "gate whoami").run().stderr();
      assertThat(log).contains("will use strict KEX ordering");
      assertThat(log).containsPattern("server-sig-algs=<[^>]*rsa-sha2-512,rsa-sha2-256>");
      assertThat(log).doesNotContainPattern("server-sig-algs=<[^>]*ssh-rsa[,>]");
      assertThat(log).doesNotContainPattern("server-sig-algs=<[^>]*ssh-dss");
    }
  }

  private static StagedGateway start(AlgorithmProfile profile) {
    return StagedGateway.start(
        "gateway: {port: 0, algorithms: %s}".formatted(profile.name().toLowerCase(Locale.ROOT)),
        People.of("alice"));
  }

  private static Offer expected(AlgorithmProfile profile) {
    return switch (profile) {
      case MODERN -> offer(MODERN_KEY_EXCHANGES, MODERN_HOST_KEYS, MODERN_CIPHERS, ETM_MACS);
      case COMPATIBLE -> offer(ALL_KEY_EXCHANGES, MODERN_HOST_KEYS, MODERN_CIPHERS, ALL_MACS);
      case FIPS -> offer(FIPS_KEY_EXCHANGES, FIPS_HOST_KEYS, FIPS_CIPHERS, ETM_MACS);
    };
  }

  private static Offer offer(
      List<String> keyExchanges, List<String> hostKeys, List<String> ciphers, List<String> macs) {
    var none = List.of("none");
    return new Offer(keyExchanges, hostKeys, ciphers, ciphers, macs, macs, none, none);
  }
}
