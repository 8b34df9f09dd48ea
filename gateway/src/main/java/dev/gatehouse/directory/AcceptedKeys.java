package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.SshPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of {@code sshPublicKey} that somebody may log in with. */
final class AcceptedKeys {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptedKeys.class);

  private AcceptedKeys() {}

  /** The usable keys, each once, in the entry's order; the others are logged with the reason. */
  static List<SshPublicKey> in(Entry entry) {
    var values = entry.getAttributeValues("sshPublicKey");
    return values == null
        ? List.of()
        : Stream.of(values).flatMap(v -> accepted(v, entry).stream()).distinct().toList();
  }

  /** What people typed is not logged: somebody has pasted a private key before. */
  private static Optional<SshPublicKey> accepted(String value, Entry entry) {
    try {
      var key = SshPublicKey.parse(value);
      var objection = KeyPolicy.objection(key);
      objection.ifPresent(
          why -> leftOut(entry, "%s %s".formatted(key.type(), key.fingerprint()), why));
      return objection.isEmpty() ? Optional.of(key) : Optional.empty();
    } catch (UserError e) {
      leftOut(entry, "unreadable", e.text());
      return Optional.empty();
    }
  }

  private static void leftOut(Entry entry, String key, String why) {
    LOG.warn("a key of {} is left out ({}): {}", Quote.plain(entry.getDN()), key, why);
  }
}
