package dev.gatehouse.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which keys people may log in with. The wire form is taken apart field by field, so that no
 * truncated or padded one passes: ssh-ed25519 (RFC 8709, 4), ecdsa-sha2-nistp* (RFC 5656, 3.1),
 * ssh-rsa (RFC 4253, 6.6) and their security-key twins (OpenSSH, PROTOCOL.u2f).
 */
public final class KeyPolicy {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 16384;
  private static final int ED25519_BYTES = 32;

  private KeyPolicy() {}

  /** Why nobody may log in with this key, in a few words; empty if it is accepted. */
  public static Optional<String> objection(SshPublicKey key) {
    var fields = WireForm.fields(key.blob());
    if (fields.isEmpty()) {
      return Optional.of("its data is truncated or has a surplus");
    }
    var rest = fields.get().subList(1, fields.get().size());
    return switch (key.type()) {
      case "ssh-ed25519" -> unless(matches(rest, KeyPolicy::isEd25519), "an Ed25519 point");
      case "sk-ssh-ed25519@openssh.com" ->
          unless(
              matches(rest, KeyPolicy::isEd25519, KeyPolicy::isApplication),
              "an Ed25519 point and an application");
      case "ecdsa-sha2-nistp256" -> ecdsa(rest, "nistp256", 32);
      case "ecdsa-sha2-nistp384" -> ecdsa(rest, "nistp384", 48);
      case "ecdsa-sha2-nistp521" -> ecdsa(rest, "nistp521", 66);
      case "sk-ecdsa-sha2-nistp256@openssh.com" ->
          unless(
              matches(rest, isName("nistp256"), isPoint(32), KeyPolicy::isApplication),
              "a nistp256 point and an application");
      case "ssh-rsa" -> rsa(rest);
      case "ssh-dss" -> Optional.of("DSA is too weak; use ssh-ed25519");
      default -> Optional.of("the key type " + key.type() + " is not accepted; use ssh-ed25519");
    };
  }

  private static Optional<String> ecdsa(List<byte[]> fields, String curve, int bytes) {
    return unless(matches(fields, isName(curve), isPoint(bytes)), "a %s point".formatted(curve));
  }

  private static Optional<String> rsa(List<byte[]> fields) {
    if (!matches(fields, KeyPolicy::isPositiveOdd, KeyPolicy::isPositiveOdd)) {
      return Optional.of("its data is not an exponent and a modulus");
    }
    var bits = new BigInteger(fields.get(1)).bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      return Optional.of(
          "RSA with %d bits; from %d to %d are accepted"
              .formatted(bits, MIN_RSA_BITS, MAX_RSA_BITS));
    }
    return unless(new BigInteger(fields.get(0)).bitLength() > 1, "an exponent above 1");
  }

  @SafeVarargs
  private static boolean matches(List<byte[]> fields, Predicate<byte[]>... forms) {
    if (fields.size() != forms.length) {
      return false;
    }
    for (var i = 0; i < forms.length; i++) {
      if (!forms[i].test(fields.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> unless(boolean right, String expected) {
    return right ? Optional.empty() : Optional.of("its data is not " + expected);
  }

  private static boolean isEd25519(byte[] point) {
    return point.length == ED25519_BYTES;
  }

  private static boolean isApplication(byte[] name) {
    return name.length > 0;
  }

  private static Predicate<byte[]> isName(String name) {
    return field -> Arrays.equals(field, name.getBytes(StandardCharsets.US_ASCII));
  }

  /** Uncompressed, SEC 1, 2.3.3: 4, x, y. That it lies on the curve, the crypto library checks. */
  private static Predicate<byte[]> isPoint(int bytes) {
    return field -> field.length == 1 + 2 * bytes && field[0] == 4;
  }

  /** An mpint (RFC 4251, 5). */
  private static boolean isPositiveOdd(byte[] field) {
    if (field.length == 0) {
      return false;
    }
    var number = new BigInteger(field);
    return number.signum() > 0 && number.testBit(0);
  }
}
