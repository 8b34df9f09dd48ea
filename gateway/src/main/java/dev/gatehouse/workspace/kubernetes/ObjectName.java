package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.WorkspaceId;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Names of objects: readable, and made unique by a hash, since {@code a-b}+{@code c} and {@code
 * a}+{@code b-c} read the same. At most 40 characters, so that a StatefulSet's pod and revision fit
 * into a label (RFC 1123).
 */
final class ObjectName {
  private static final int MAX_READABLE = 27;
  private static final int HASH_CHARACTERS = 10;

  private ObjectName() {}

  /** Of a workspace's StatefulSet, Service and Secret. */
  static String of(WorkspaceId id) {
    var owner = id.owner().value();
    var name = id.name().value();
    return "w-" + readable(owner + "-" + name) + hash(owner + "\0" + name);
  }

  /** Of a person: a label's value, and part of the home's name. */
  static String of(Username owner) {
    return "p-" + readable(owner.value()) + hash(owner.value());
  }

  /** Of the claim of a person's home. */
  static String home(Username owner) {
    return "home-" + of(owner).substring(2);
  }

  private static String readable(String text) {
    var plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    var cut = plain.substring(0, Math.min(plain.length(), MAX_READABLE)).replaceAll("-$", "");
    return cut.isEmpty() ? "" : cut + "-";
  }

  private static String hash(String text) {
    return DigestUtils.sha256Hex(text).substring(0, HASH_CHARACTERS);
  }
}
