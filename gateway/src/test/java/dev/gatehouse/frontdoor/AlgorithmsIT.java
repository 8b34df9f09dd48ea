package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Offer;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.StagedGateway;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole offer of each profile: what is not listed here is not offered. */
class AlgorithmsIT {
  @Test
  void modern_offersThisAndNothingElse() {
    try (var gateway = start("modern")) {
      assertThat(Offer.of(gateway))
          .isEqualTo(offer("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com"));
    }
  }

  @Test
  void compatible_addsMacsOnly() {
    try (var gateway = start("compatible")) {
      assertThat(Offer.of(gateway))
          .isEqualTo(
              offer(
                  "hmac-sha2-512-etm@openssh.com",
                  "hmac-sha2-256-etm@openssh.com",
                  "hmac-sha2-256",
                  "hmac-sha2-512"));
    }
  }

  private static StagedGateway start(String profile) {
    return StagedGateway.start(
        "gateway: {port: 0, algorithms: %s}".formatted(profile), People.of("alice"));
  }

  private static Offer offer(String... macs) {
    var ciphers =
        List.of(
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "chacha20-poly1305@openssh.com",
            "aes256-ctr",
            "aes128-ctr");
    var allMacs = List.of(macs);
    return new Offer(
        List.of(
            "mlkem768x25519-sha256",
            "sntrup761x25519-sha512",
            "sntrup761x25519-sha512@openssh.com",
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ext-info-s",
            "kex-strict-s-v00@openssh.com"),
        List.of("ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256"),
        ciphers,
        ciphers,
        allMacs,
        allMacs,
        List.of("none"),
        List.of("none"));
  }
}
