package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.AcceptedKeys;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a person's keys change. */
final class KeyChanges {
  private KeyChanges() {}

  /** Takes the place of the same key with other options. */
  static List<Modification> adding(Entry entry, AuthorizedKeyLine key) {
    var changes = new ArrayList<Modification>();
    if (!entry.hasObjectClass("ldapPublicKey")) {
      changes.add(new Modification(ModificationType.ADD, "objectClass", "ldapPublicKey"));
    }
    changes.add(
        replacing(
            Stream.concat(
                AcceptedKeys.values(entry).filter(v -> !isKey(v, key.key().key().fingerprint())),
                Stream.of(key.line()))));
    return changes;
  }

  /**
   * @throws UserError if there is no such key
   */
  static List<Modification> removing(Entry entry, Username username, String fingerprint) {
    if (AcceptedKeys.values(entry).noneMatch(v -> isKey(v, fingerprint))) {
      throw new UserError(ExitCode.DATAERR, "%s has no key %s".formatted(username, fingerprint));
    }
    return List.of(replacing(AcceptedKeys.values(entry).filter(v -> !isKey(v, fingerprint))));
  }

  private static boolean isKey(String value, String fingerprint) {
    try {
      return AuthorizedKeyLine.parse(value).key().key().fingerprint().equals(fingerprint);
    } catch (UserError e) {
      return false;
    }
  }

  private static Modification replacing(Stream<String> values) {
    return new Modification(
        ModificationType.REPLACE, AcceptedKeys.ATTRIBUTE, values.toArray(String[]::new));
  }
}
