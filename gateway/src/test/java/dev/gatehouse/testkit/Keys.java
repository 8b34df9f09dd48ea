package dev.gatehouse.testkit;

import java.nio.file.Path;
import java.util.List;

/** Keys and certificates, made by ssh-keygen. */
public final class Keys {
  private Keys() {}

  /** Makes an Ed25519 key without passphrase; its public half gets the name's {@code .pub}. */
  public static Path generate(Path folder, String name) {
    keygen(folder, "-t", "ed25519", "-N", "", "-C", name, "-f", name);
    return folder.resolve(name);
  }

  /**
   * Lets an authority certify a key.
   *
   * @return the certificate, which lies beside the public key
   */
  public static Path certify(Path authority, Path publicKey, String principal) {
    var folder = publicKey.getParent();
    keygen(folder, "-s", authority.toString(), "-I", "test", "-n", principal, publicKey.toString());
    return Path.of(publicKey.toString().replaceFirst("\\.pub$", "-cert.pub"));
  }

  private static void keygen(Path folder, String... arguments) {
    var program = Programs.require("ssh-keygen", "openssh-client").toString();
    Program.in(folder, List.of(program, "-q")).and(arguments).run().ok();
  }
}
