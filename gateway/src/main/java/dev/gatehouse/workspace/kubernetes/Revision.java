package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.MachineType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells one definition of a machine type from another: what a result was made with. */
final class Revision {
  private static final int CHARACTERS = 12;

  private Revision() {}

  /** The collections of a type are sorted, so equal types have equal text. */
  static String of(MachineType type) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(type.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
