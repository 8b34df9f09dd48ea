package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.HostKeyring.HostKey;
import dev.gatehouse.console.commands.keys.KeyView;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.key.KeySize;
import dev.gatehouse.key.SshPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** How host keys are shown, in every command the same. */
final class HostKeyView {
  private HostKeyView() {}

  static Table table(List<HostKey> keys) {
    return Table.of(keys)
        .column("state", HostKeyView::state)
        .column("type", k -> Value.of(k.key().type()))
        .column("bits", k -> KeyView.bits(k.key()))
        .column("fingerprint", k -> Value.of(k.key().fingerprint()))
        .column("made", k -> new Value.Moment(k.made()))
        .whenEmpty("There is no host key.");
  }

  /** As {@code ssh-keygen -l} prints it, and {@code ssh} shows it at the first connection. */
  static String fingerprint(SshPublicKey key, String host) {
    return "%d %s %s (%s)".formatted(KeySize.bits(key), key.fingerprint(), host, name(key));
  }

  /**
   * A DNS record (RFC 4255, 3.1; numbers: RFC 6594, RFC 7479) with SHA-256; SHA-1 ones are only for
   * what cannot do better. Empty for a type that has no number.
   */
  static Optional<String> sshfp(SshPublicKey key, String host) {
    return algorithm(key).map(n -> "%s IN SSHFP %d 2 %s".formatted(host, n, sha256(key)));
  }

  private static Value state(HostKey key) {
    return switch (key.state()) {
      case CURRENT -> new Value.State("current", Line.Style.GOOD);
      case NEXT -> new Value.State("next", Line.Style.BUSY);
    };
  }

  private static String name(SshPublicKey key) {
    return switch (key.type()) {
      case "ssh-ed25519" -> "ED25519";
      case "ssh-rsa" -> "RSA";
      default -> key.type().startsWith("ecdsa-") ? "ECDSA" : key.type().toUpperCase(Locale.ROOT);
    };
  }

  private static Optional<Integer> algorithm(SshPublicKey key) {
    return switch (key.type()) {
      case "ssh-rsa" -> Optional.of(1);
      case "ssh-ed25519" -> Optional.of(4);
      default -> Optional.of(3).filter(_ -> key.type().startsWith("ecdsa-"));
    };
  }

  private static String sha256(SshPublicKey key) {
    return DigestUtils.sha256Hex(key.blob());
  }
}
