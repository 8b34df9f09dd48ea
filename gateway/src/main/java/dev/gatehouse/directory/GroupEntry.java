package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDNNameValuePair;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@code posixGroup}, read. */
public final class GroupEntry {
  static final List<String> ATTRIBUTES = List.of("cn", "gidNumber");
  private static final Logger LOG = LoggerFactory.getLogger(GroupEntry.class);

  private GroupEntry() {}

  /** The group's name; empty, and logged, if it is none that we can pass on. */
  public static Optional<GroupName> name(Entry entry) {
    try {
      return cn(entry).map(GroupName::new);
    } catch (UserError e) {
      LOG.warn("a group is left out: {}", e.text());
      return Optional.empty();
    }
  }

  /** The group's number; empty if it is none that Linux has. */
  static OptionalInt number(Entry entry) {
    var number = entry.getAttributeValueAsInteger("gidNumber");
    return number == null || number < 1 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** A group may have several {@code cn}; the one in its DN is the one that names it. */
  private static Optional<String> cn(Entry entry) {
    return Optional.ofNullable(inRdn(entry))
        .or(() -> Optional.ofNullable((@Nullable String) entry.getAttributeValue("cn")));
  }

  private static @Nullable String inRdn(Entry entry) {
    try {
      var rdn = entry.getRDN();
      return rdn == null
          ? null
          : rdn.getNameValuePairs().stream()
              .filter(pair -> pair.getAttributeName().equalsIgnoreCase("cn"))
              .findFirst()
              .map(RDNNameValuePair::getAttributeValue)
              .orElse(null);
    } catch (LDAPException e) {
      throw UserError.usage("its DN is malformed");
    }
  }
}
