package dev.gatehouse.key;

import static dev.gatehouse.key.TestKeys.blob;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyPolicyTest {
  private static final BigInteger E = BigInteger.valueOf(65537);
  private static final BigInteger N = BigInteger.ONE.shiftLeft(2047).setBit(0);
  private static final String APPLICATION = "ssh:";

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsab256", "ecdsab384", "ecdsab521", "rsab2048", "rsab4096"})
  void objection_keyFromSshKeygen_isNone(String name) {
    assertThat(KeyPolicy.objection(SshPublicKey.parse(TestKeys.line(name)))).isEmpty();
  }

  @Test
  void objection_securityKey_isNone() {
    var ed25519 = blob("sk-ssh-ed25519@openssh.com", new byte[32], APPLICATION);
    var ecdsa = blob("sk-ecdsa-sha2-nistp256@openssh.com", "nistp256", point(32), APPLICATION);
    assertThat(KeyPolicy.objection(SshPublicKey.of(ed25519))).isEmpty();
    assertThat(KeyPolicy.objection(SshPublicKey.of(ecdsa))).isEmpty();
  }

  @Test
  void objection_weakKey_namesTheWeakness() {
    assertThat(objectionTo("rsab1024")).contains("RSA with 1024 bits");
    assertThat(objectionTo("dsa")).contains("DSA is too weak");
  }

  private static String objectionTo(String name) {
    return KeyPolicy.objection(SshPublicKey.parse(TestKeys.line(name))).orElseThrow();
  }

  static Stream<Arguments> malformed() {
    var rsa = blob("ssh-rsa", E, N);
    return Stream.of(
        Arguments.of("ed25519, a byte short", blob("ssh-ed25519", new byte[31])),
        Arguments.of("ed25519, a byte more", blob("ssh-ed25519", new byte[33])),
        Arguments.of("ed25519, no point", blob("ssh-ed25519", "")),
        Arguments.of("ed25519, a field more", blob("ssh-ed25519", new byte[32], "x")),
        Arguments.of("ecdsa, another curve", ecdsa("nistp384", point(32))),
        Arguments.of("ecdsa, compressed", ecdsa("nistp256", new byte[33])),
        Arguments.of("ecdsa, not marked 4", ecdsa("nistp256", new byte[65])),
        Arguments.of("ecdsa, no point", blob("ecdsa-sha2-nistp256", "nistp256")),
        Arguments.of("sk, no application", blob("sk-ssh-ed25519@openssh.com", new byte[32], "")),
        Arguments.of("rsa, truncated", Arrays.copyOf(rsa, rsa.length - 1)),
        Arguments.of("rsa, a surplus", Arrays.copyOf(rsa, rsa.length + 1)),
        Arguments.of("rsa, a negative modulus", blob("ssh-rsa", E, N.negate())),
        Arguments.of("rsa, an even modulus", blob("ssh-rsa", E, N.clearBit(0))),
        Arguments.of("rsa, exponent 1", blob("ssh-rsa", BigInteger.ONE, N)),
        Arguments.of("rsa, an empty modulus", blob("ssh-rsa", E, "")),
        Arguments.of("rsa, a huge modulus", blob("ssh-rsa", E, N.setBit(16384))),
        Arguments.of("rsa, 2047 bits", blob("ssh-rsa", E, N.shiftRight(1).setBit(0))),
        Arguments.of("a length of 4 GiB", hugeLength()),
        Arguments.of("an unknown type", blob("ssh-ed448", new byte[57])),
        Arguments.of("a certificate", blob("ssh-ed25519-cert-v01@openssh.com", new byte[32])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void objection_malformedKey_isGiven(String story, byte[] blob) {
    assertThat(KeyPolicy.objection(SshPublicKey.of(blob))).as(story).isPresent();
  }

  private static byte[] ecdsa(String curve, byte[] point) {
    return blob("ecdsa-sha2-nistp256", curve, point);
  }

  private static byte[] point(int bytes) {
    var point = new byte[1 + 2 * bytes];
    point[0] = 4;
    return point;
  }

  private static byte[] hugeLength() {
    var blob = blob("ssh-ed25519", new byte[32]);
    Arrays.fill(blob, 15, 19, (byte) 0xff);
    return blob;
  }
}
