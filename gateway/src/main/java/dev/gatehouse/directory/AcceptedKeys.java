package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeyPolicy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of {@code sshPublicKey} that somebody may log in with. */
public final class AcceptedKeys {
  public static final String ATTRIBUTE = "sshPublicKey";

  /** What Active Directory's altSecurityIdentities hold beside SSH keys (MS-ADA1, 2.61). */
  private static final Pattern OF_OTHER_KINDS = Pattern.compile("(?i)(X509|Kerberos):");

  /** Which some sites write before the keys there. */
  private static final Pattern PREFIX = Pattern.compile("^(?i)SSHKey:\\s*");

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedKeys.class);

  private AcceptedKeys() {}

  /** The usable keys, each once, in the entry's order; the others are logged with the reason. */
  public static List<AuthorizedKey> in(Entry entry) {
    return lines(entry).map(AuthorizedKeyLine::key).distinct().toList();
  }

  public static Stream<AuthorizedKeyLine> lines(Entry entry) {
    return values(entry).flatMap(v -> accepted(v, entry).stream());
  }

  /** All of them, whatever they are. */
  public static Stream<String> values(Entry entry) {
    var values = entry.getAttributeValues(ATTRIBUTE);
    return values == null ? Stream.of() : Stream.of(values);
  }

  /** What people typed is not logged: somebody has pasted a private key before. */
  private static Optional<AuthorizedKeyLine> accepted(String value, Entry entry) {
    if (OF_OTHER_KINDS.matcher(value).lookingAt()) {
      return Optional.empty();
    }
    try {
      var line = AuthorizedKeyLine.parse(PREFIX.matcher(value).replaceFirst(""));
      var key = line.key().key();
      var objection = KeyPolicy.objection(key);
      objection.ifPresent(why -> leftOut(entry, key.toString(), why));
      return objection.isEmpty() ? Optional.of(line) : Optional.empty();
    } catch (UserError e) {
      leftOut(entry, "unreadable", e.text());
      return Optional.empty();
    }
  }

  private static void leftOut(Entry entry, String key, String why) {
    LOG.warn("a key of {} is left out ({}): {}", Quote.plain(entry.getDN()), key, why);
  }
}
