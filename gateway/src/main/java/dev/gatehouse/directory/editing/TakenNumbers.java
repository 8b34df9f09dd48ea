package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.cluster.LdapSettings.Range;
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.Tree;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The numbers that entries have already. */
record TakenNumbers(Set<String> numbers) {
  /** {@code nobody}, and -1 in 16 bits. */
  private static final Set<String> NEVER = Set.of("65534", "65535");

  /** As if no entry had any. */
  static final TakenNumbers NONE = new TakenNumbers(NEVER);

  static TakenNumbers in(LDAPInterface ldap, Tree tree, String attribute) throws LDAPException {
    var taken = new HashSet<>(NEVER);
    var all = Filter.createPresenceFilter(attribute);
    for (var entry : new Search(tree.base(), all, 0, List.of(attribute)).in(ldap::search)) {
      var value = entry.getAttributeValue(attribute);
      if (value != null) {
        taken.add(value);
      }
    }
    return new TakenNumbers(taken);
  }

  /** The lowest of a range, from one of its numbers on, that is free. */
  int lowestFree(Range range, int from) {
    return IntStream.rangeClosed(from, range.last())
        .filter(n -> !numbers.contains(Integer.toString(n)))
        .findFirst()
        .orElseThrow(() -> exhausted(range));
  }

  /** The number before the range, if none of it is taken. */
  int highestIn(Range range) {
    return numbers.stream()
        .filter(n -> !NEVER.contains(n))
        .mapToLong(TakenNumbers::parsed)
        .filter(n -> n >= range.first() && n <= range.last())
        .mapToInt(n -> (int) n)
        .max()
        .orElse(range.first() - 1);
  }

  /** Whether a number stands for nobody special. */
  static boolean mayBe(int number) {
    return !NEVER.contains(Integer.toString(number));
  }

  private static long parsed(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static Range range(Ids ids, String attribute) {
    return attribute.equals("uidNumber") ? ids.users() : ids.groups();
  }

  private static FailureException exhausted(Range range) {
    return new FailureException(
        new Failure.Unavailable(
            "directory-ids",
            "no number from %d to %d is left".formatted(range.first(), range.last())));
  }
}
