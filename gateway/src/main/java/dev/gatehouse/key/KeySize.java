package dev.gatehouse.key;

import java.math.BigInteger;

/** How long keys are, as {@code ssh-keygen -l} says it. */
public final class KeySize {
  private static final int ED25519 = 256;

  private KeySize() {}

  /** In bits; 0 if its type is not known. */
  public static int bits(SshPublicKey key) {
    var fields = WireForm.fields(key.blob());
    return switch (key.type()) {
      case "ssh-ed25519", "sk-ssh-ed25519@openssh.com" -> ED25519;
      case "ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com" -> 256;
      case "ecdsa-sha2-nistp384" -> 384;
      case "ecdsa-sha2-nistp521" -> 521;
      case "ssh-rsa" ->
          fields
              .filter(f -> f.size() == 3)
              .map(f -> new BigInteger(1, f.get(2)).bitLength())
              .orElse(0);
      default -> 0;
    };
  }
}
