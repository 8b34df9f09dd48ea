package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Points of low order make the shared secret one that everybody knows (RFC 7748, 6.1; RFC 8731, 3);
 * keys of the wrong length find out what a library does with them. DHEat, CVE-2002-20001: key
 * exchanges cost the server more than the client, so many are asked for.
 */
final class WeakKeyExchangeIT {
  @ParameterizedTest
  @CsvSource({
    "curve25519-sha256, 0000000000000000000000000000000000000000000000000000000000000000",
    "curve25519-sha256, 0100000000000000000000000000000000000000000000000000000000000000",
    "curve25519-sha256, e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "curve25519-sha256, 5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "curve25519-sha256, ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "curve25519-sha256, 00",
    "curve25519-sha256, ''",
    "mlkem768x25519-sha256, ''",
    "mlkem768x25519-sha256, 00000000000000000000000000000000",
    "sntrup761x25519-sha512, ''"
  })
  void publicKey_ofNoUse_endsTheConnection(String kex, String key) {
    try (var victim = Victim.start()) {
      try (var ssh = RawSsh.identified(victim.port())) {
        ssh.read();
        ssh.packet(RawSsh.kexInit(kex, true));
        ssh.packet(
            RawSsh.message(RawSsh.KEX_ECDH_INIT, RawSsh.string(HexFormat.of().parseHex(key))));
        assertThat(ssh.readToEnd()).doesNotContain(31, RawSsh.NEWKEYS);
      }
      victim.assertUnharmed();
    }
  }

  /** 300 at once; each gets as far as costing the server its half. */
  @Test
  void keyExchanges_inAFlood_leaveRoomForOthers() {
    try (var victim = Victim.start(", perSourceMaxStartups: 1000, maxStartups: '1000:100:1000'")) {
      IntStream.range(0, 300)
          .parallel()
          .forEach(
              i -> {
                try (var ssh = RawSsh.connect(victim.port(), "127.0.1." + i % 250)) {
                  ssh.line("SSH-2.0-DHEat");
                  ssh.packet(RawSsh.kexInit("curve25519-sha256", true));
                  var point = new byte[32];
                  point[0] = 9;
                  ssh.packet(RawSsh.message(RawSsh.KEX_ECDH_INIT, RawSsh.string(point)));
                }
              });
      victim.assertUnharmed();
    }
  }

  /** No compression is offered, so there is no bomb to inflate. */
  @Test
  void compression_isNotOffered() {
    try (var victim = Victim.start();
        var ssh = RawSsh.identified(victim.port())) {
      assertThat(new String(ssh.read(), StandardCharsets.ISO_8859_1)).doesNotContain("zlib");
    }
  }
}
