package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.MachineType;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells one definition of a machine type from another: what a result was made with. */
final class Revision {
  private static final int CHARACTERS = 12;

  private Revision() {}

  /** The collections of a type are sorted, so equal types have equal text. */
  static String of(MachineType type) {
    return DigestUtils.sha256Hex(type.toString()).substring(0, CHARACTERS);
  }
}
