package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Terrapin, CVE-2023-48795: who sits in the middle puts an IGNORE into the unencrypted key exchange
 * and so shifts the sequence numbers, and then drops the first encrypted packet, EXT_INFO, with
 * nobody noticing. Strict key exchange takes nothing there that does not belong there.
 */
final class PrefixTruncationIT {
  @Test
  void strictKex_isOffered() {
    try (var victim = Victim.start();
        var ssh = RawSsh.identified(victim.port())) {
      assertThat(new String(ssh.read(), StandardCharsets.ISO_8859_1))
          .contains("kex-strict-s-v00@openssh.com");
    }
  }

  @Test
  void ignore_duringAStrictKeyExchange_endsTheConnection() {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port())) {
        ssh.packet(RawSsh.kexInit("curve25519-sha256", true));
        ssh.packet(RawSsh.message(RawSsh.IGNORE, RawSsh.string("shift")));
        ssh.packet(RawSsh.message(RawSsh.KEX_ECDH_INIT, RawSsh.string(new byte[32])));
        assertThat(ssh.readToEnd()).doesNotContain(RawSsh.NEWKEYS);
      }
      victim.assertUnharmed();
    }
  }

  /** The first packet must be KEXINIT. */
  @Test
  void ignore_beforeAStrictKeyExchange_endsTheConnection() {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port())) {
        ssh.packet(RawSsh.message(RawSsh.IGNORE, RawSsh.string("shift")));
        ssh.packet(RawSsh.kexInit("curve25519-sha256", true));
        ssh.packet(RawSsh.message(RawSsh.KEX_ECDH_INIT, RawSsh.string(basePoint())));
        assertThat(ssh.readToEnd()).doesNotContain(RawSsh.NEWKEYS);
      }
      victim.assertUnharmed();
    }
  }

  /** The same without anything put in between goes through: the two above fail for that alone. */
  @Test
  void strictKeyExchange_undisturbed_succeeds() {
    try (var victim = Victim.start();
        var ssh = RawSsh.identified(victim.port())) {
      ssh.read();
      ssh.packet(RawSsh.kexInit("curve25519-sha256", true));
      ssh.packet(RawSsh.message(RawSsh.KEX_ECDH_INIT, RawSsh.string(basePoint())));
      assertThat(ssh.read()).startsWith(31);
      assertThat(ssh.read()).startsWith(RawSsh.NEWKEYS);
    }
  }

  /**
   * An old client without strict KEX is served, and its sequence numbers can be shifted. The attack
   * fails all the same for AES: a counter goes on from packet to packet, and one is missing.
   */
  @ParameterizedTest
  @ValueSource(strings = {RawSsh.GCM, RawSsh.CTR_ETM})
  void prefix_ofAClientWithoutStrictKex_cannotBeCutOff(String cipher) {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port())) {
        var ours = RawSsh.kexInit("curve25519-sha256", cipher, false);
        ssh.packet(ours);
        var theirs = ssh.expect(RawSsh.KEXINIT);
        ssh.inject(RawSsh.message(RawSsh.IGNORE, RawSsh.string("shift")));
        ssh.finishKeys(ours, theirs, cipher, false);
        var _ = ssh.sealed(RawSsh.message(RawSsh.IGNORE, RawSsh.string("cut off")));
        ssh.packet(RawSsh.message(RawSsh.SERVICE_REQUEST, RawSsh.string("ssh-userauth")));
        assertThat(ssh.readToEnd()).doesNotContain(RawSsh.SERVICE_ACCEPT);
      }
      victim.assertUnharmed();
    }
  }

  /** RFC 7748: a point of the right order, whoever's key it may be. */
  private static byte[] basePoint() {
    var point = new byte[32];
    point[0] = 9;
    return point;
  }
}
