package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lengths that lie in encrypted packets, whose tag is right: CVE-2023-48795's neighbours, and what
 * made servers read before the start of a packet or allocate gigabytes. And packets that are
 * dropped, doubled, swapped or bent on the way, which the keys are there to notice.
 */
final class EncryptedPacketsIT {
  private Victim victim;

  @BeforeEach
  void start() {
    victim = Victim.start();
  }

  @AfterEach
  void close() {
    victim.close();
  }

  @ParameterizedTest
  @CsvSource({
    "aes128-gcm@openssh.com, true",
    "aes128-gcm@openssh.com, false",
    "aes128-ctr, true",
    "aes128-ctr, false"
  })
  void packets_asTheyShouldBe_areTaken(String cipher, boolean strict) {
    try (var ssh = connect(cipher, strict)) {
      ssh.exchangeKeys(cipher, strict);
      ssh.packet(ignore());
      ssh.packet(victim.key().proof(ssh.sessionId(), "mallory", "ssh-connection"));
      ssh.expect(RawSsh.USERAUTH_SUCCESS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aes128-gcm@openssh.com, 255", "aes128-gcm@openssh.com, 32", "aes128-gcm@openssh.com, 31",
    "aes128-ctr, 255", "aes128-ctr, 32", "aes128-ctr, 31"
  })
  void padding_asLongAsThePacket_endsTheConnection(String cipher, int padding) {
    try (var ssh = connect(cipher, true)) {
      ssh.packet(32, padding, new byte[15], 16);
      isThrownOut(ssh);
    }
  }

  /** RFC 4253, 6: at least four bytes. Fewer harm nobody; what is in the packet is what counts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void padding_tooShort_opensNothing(int padding) {
    try (var ssh = connect(RawSsh.GCM, true)) {
      ssh.packet(32, padding, new byte[31 - padding], padding);
      isThrownOut(ssh);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aes128-gcm@openssh.com, -1", "aes128-ctr, -1",
    "aes128-gcm@openssh.com, 0", "aes128-ctr, 0",
    "aes128-gcm@openssh.com, 1", "aes128-ctr, 1",
    "aes128-gcm@openssh.com, -2147483648", "aes128-ctr, 2147483647",
    "aes128-gcm@openssh.com, 16777216", "aes128-ctr, 1048576"
  })
  void length_thatLies_endsTheConnection(String cipher, int length) {
    try (var ssh = connect(cipher, true)) {
      ssh.packet(length, 4, ignore(), 4);
      ssh.bytes(new byte[256]);
      isThrownOut(ssh);
    }
  }

  /** RFC 4253, 6.1: 35,000 bytes must be taken. */
  @Test
  void packet_of35000Bytes_isTaken() {
    try (var ssh = connect(RawSsh.GCM, true)) {
      ssh.packet(RawSsh.message(RawSsh.IGNORE, RawSsh.string(new byte[34_900])));
      ssh.packet(victim.key().proof(ssh.sessionId(), "mallory", "ssh-connection"));
      ssh.expect(RawSsh.USERAUTH_SUCCESS);
    }
  }

  @Test
  void packet_ofAMegabyte_endsTheConnection() {
    try (var ssh = connect(RawSsh.GCM, true)) {
      ssh.packet(RawSsh.message(RawSsh.IGNORE, RawSsh.string(new byte[1 << 20])));
      isThrownOut(ssh);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RawSsh.GCM, RawSsh.CTR_ETM})
  void packet_dropped_endsTheConnection(String cipher) {
    try (var ssh = connect(cipher, true)) {
      var _ = ssh.sealed(ignore());
      ssh.packet(ignore());
      isThrownOut(ssh);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RawSsh.GCM, RawSsh.CTR_ETM})
  void packet_sentTwice_endsTheConnection(String cipher) {
    try (var ssh = connect(cipher, true)) {
      var packet = ssh.sealed(ignore());
      ssh.bytes(packet);
      ssh.bytes(packet);
      isThrownOut(ssh);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RawSsh.GCM, RawSsh.CTR_ETM})
  void packets_swapped_endTheConnection(String cipher) {
    try (var ssh = connect(cipher, true)) {
      var first = ssh.sealed(ignore());
      ssh.packet(ignore());
      ssh.bytes(first);
      isThrownOut(ssh);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RawSsh.GCM, RawSsh.CTR_ETM})
  void packet_withOneBitTurned_endsTheConnection(String cipher) {
    try (var ssh = connect(cipher, true)) {
      var packet = ssh.sealed(victim.key().proof(ssh.sessionId(), "mallory", "ssh-connection"));
      packet[packet.length - 1] ^= 1;
      ssh.bytes(packet);
      isThrownOut(ssh);
    }
  }

  private RawSsh connect(String cipher, boolean strict) {
    return RawSsh.identified(victim.port()).exchangeKeys(cipher, strict).askToLogIn();
  }

  private static byte[] ignore() {
    return RawSsh.message(RawSsh.IGNORE, RawSsh.string("nothing"));
  }

  private void isThrownOut(RawSsh ssh) {
    assertThat(ssh.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS);
    victim.assertUnharmed();
  }
}
