package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.cluster.LdapSettings.Range;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Numbers for a directory that several gateways change at once. An entry beside the groups holds
 * the next one: who takes a number replaces exactly the value that was read, which the server lets
 * only one do. No number comes twice, also not after its person was removed: their files may be
 * left.
 */
record CountedNumbers(Tree tree, Ids ids) implements Numbers {
  private static final String NAME = "cn=gatehouse-numbers,";

  /** As {@code uidNumber 10005}. */
  private static final String VALUE = "description";

  /** Somebody else was faster. */
  private static final Set<ResultCode> LOST =
      Set.of(ResultCode.NO_SUCH_ATTRIBUTE, ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);

  @Override
  public String next(LDAPInterface ldap, String attribute) throws LDAPException {
    var range = TakenNumbers.range(ids, attribute);
    while (true) {
      var counter = counter(ldap);
      var before = value(counter, attribute);
      var from = before.isPresent() ? number(before.get()) : firstEver(ldap, attribute, range);
      var number = free(ldap, attribute, range, Math.max(from, range.first()));
      if (take(ldap, before, "%s %d".formatted(attribute, number + 1))) {
        return Integer.toString(number);
      }
    }
  }

  /** Whether it was us. */
  private boolean take(LDAPInterface ldap, Optional<String> before, String after)
      throws LDAPException {
    var changes =
        Stream.concat(
                before.stream().map(v -> new Modification(ModificationType.DELETE, VALUE, v)),
                Stream.of(new Modification(ModificationType.ADD, VALUE, after)))
            .toList();
    try {
      ldap.modify(dn(), changes);
      return true;
    } catch (LDAPException e) {
      if (LOST.contains(e.getResultCode())) {
        return false;
      }
      throw e;
    }
  }

  private Entry counter(LDAPInterface ldap) throws LDAPException {
    var counter = ldap.getEntry(dn(), VALUE);
    return counter == null ? made(ldap) : counter;
  }

  private Entry made(LDAPInterface ldap) throws LDAPException {
    var entry =
        new Entry(dn(), new Attribute("objectClass", "device"), new Attribute("cn", name()));
    try {
      ldap.add(entry);
    } catch (LDAPException e) {
      if (!e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
        throw e;
      }
    }
    var counter = ldap.getEntry(dn(), VALUE);
    return counter == null ? entry : counter;
  }

  /** Above all that are in use, whoever gave them out. */
  private int firstEver(LDAPInterface ldap, String attribute, Range range) throws LDAPException {
    return TakenNumbers.in(ldap, tree, attribute).highestIn(range) + 1;
  }

  private int free(LDAPInterface ldap, String attribute, Range range, int from)
      throws LDAPException {
    var number = TakenNumbers.NONE.lowestFree(range, from);
    while (isUsed(ldap, attribute, number)) {
      number = TakenNumbers.NONE.lowestFree(range, number + 1);
    }
    return number;
  }

  private boolean isUsed(LDAPInterface ldap, String attribute, int number) throws LDAPException {
    var same = Filter.createEqualityFilter(attribute, Integer.toString(number));
    return !new Search(tree.base(), same, 0, List.of("1.1")).in(ldap::search).isEmpty();
  }

  private static Optional<String> value(Entry counter, String attribute) {
    var values = counter.getAttributeValues(VALUE);
    return values == null
        ? Optional.empty()
        : Stream.of(values).filter(v -> v.matches(attribute + " [1-9][0-9]{0,9}")).findFirst();
  }

  private static int number(String value) {
    return (int)
        Math.min(Integer.MAX_VALUE, Long.parseLong(value.substring(value.indexOf(' ') + 1)));
  }

  private String dn() {
    return NAME + tree.groups();
  }

  private static String name() {
    return NAME.substring(NAME.indexOf('=') + 1, NAME.length() - 1);
  }
}
