package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Numbers of people and groups, from 10000 up, above those that distributions give out. */
final class Numbers {
  private static final int FIRST = 10000;

  /** {@code nobody}, and -1 in 16 bits. */
  private static final Set<String> NEVER = Set.of("65534", "65535");

  private Numbers() {}

  /**
   * The lowest number that no entry has.
   *
   * @param attribute {@code uidNumber} or {@code gidNumber}
   */
  static String free(LDAPInterface ldap, Tree tree, String attribute) throws LDAPException {
    var taken = new HashSet<>(NEVER);
    var all = Filter.createPresenceFilter(attribute);
    for (var entry : new Search(tree.base(), all, 0, List.of(attribute)).in(ldap::search)) {
      var value = entry.getAttributeValue(attribute);
      if (value != null) {
        taken.add(value);
      }
    }
    return IntStream.iterate(FIRST, n -> n + 1)
        .mapToObj(Integer::toString)
        .filter(n -> !taken.contains(n))
        .findFirst()
        .orElseThrow();
  }
}
