package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lengths that lie, the oldest attack on any protocol: a packet that says it has four gigabytes
 * makes a careless server allocate or wait for them; padding longer than the packet makes it read
 * before the start. RFC 4253, 6.1: 35,000 bytes must be taken, and not more.
 */
final class PacketFieldsIT {
  @ParameterizedTest
  @CsvSource({
    "-1, 4", // 0xffffffff
    "0, 0",
    "1, 0",
    "3, 4",
    "4, 4",
    "-2147483648, 4",
    "2147483647, 4",
    "1048576, 4",
    "300000, 4",
    "28, 255",
    "28, 28"
  })
  void packet_whoseLengthsLie_endsTheConnection(int length, int padding) {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port())) {
        ssh.read();
        ssh.packet(length, padding, RawSsh.message(RawSsh.IGNORE, new byte[18]), 4);
        ssh.bytes(new byte[64]);
        assertThat(ssh.readToEnd()).isSubsetOf(1, 3);
      }
      victim.assertUnharmed();
    }
  }

  /** With more behind it that nobody reads: the reason is still to be read. */
  @Test
  void packet_whoseMacIsWrong_isToldSo() {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port()).exchangeKeys(RawSsh.CTR_ETM, true)) {
        var packet = ssh.sealed(RawSsh.message(RawSsh.IGNORE, RawSsh.string(new byte[100])));
        packet[packet.length - 1] ^= 1;
        ssh.bytes(packet);
        ssh.bytes(new byte[200_000]);
        ssh.expect(RawSsh.DISCONNECT);
      }
      victim.assertUnharmed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20})
  void kexInit_whoseListsLie_endsTheConnection(int length) {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port())) {
        ssh.read();
        var lie =
            new byte[] {
              (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
            };
        ssh.packet(RawSsh.message(RawSsh.KEXINIT, new byte[16], lie, new byte[40]));
        assertThat(ssh.readToEnd()).isSubsetOf(1, 3);
      }
      victim.assertUnharmed();
    }
  }

  @Test
  void identification_thatNeverEnds_endsTheConnection() {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.connect(victim.port())) {
        ssh.bytes("SSH-2.0-".getBytes(StandardCharsets.US_ASCII));
        for (var i = 0; i < 100; i++) {
          ssh.bytes(new byte[1024]);
        }
        ssh.readToEnd();
      }
      victim.assertUnharmed();
    }
  }
}
