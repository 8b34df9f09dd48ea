package dev.gatehouse.directory.editing;

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
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numbers for a directory that several gateways change at once. An entry beside the groups holds
 * the next one: who takes a number replaces exactly the value that was read, which the server lets
 * only one do. No number comes twice, also not after its person was removed: their files may be
 * left.
 */
public record CountedNumbers(Tree tree, Ids ids) implements Numbers {
  private static final String NAME = "cn=gatehouse-numbers,";

  /** As {@code uidNumber 10005}. */
  private static final String VALUE = "description";

  /** Somebody else was faster. */
  private static final Set<ResultCode> LOST =
      Set.of(ResultCode.NO_SUCH_ATTRIBUTE, ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);

  @Override
  public String next(LDAPInterface ldap, String attribute) throws LDAPException {
    return Integer.toString(next(ldap, attribute, 1).getFirst());
  }

  @Override
  public Numbers reserving(int count) {
    return count == 1 ? this : new Reserved(this, count);
  }

  /**
   * Takes people's numbers from the counter by the block; what is left of one is never given out.
   */
  private static final class Reserved implements Numbers {
    private final CountedNumbers all;
    private final Deque<Integer> left = new ArrayDeque<>();
    private int count;

    Reserved(CountedNumbers all, int count) {
      this.all = all;
      this.count = count;
    }

    @Override
    public String next(LDAPInterface ldap, String attribute) throws LDAPException {
      if (!attribute.equals("uidNumber")) {
        return all.next(ldap, attribute);
      }
      if (left.isEmpty()) {
        left.addAll(all.next(ldap, attribute, count));
        count = 1;
      }
      return Integer.toString(left.remove());
    }

    @Override
    public Numbers reserving(int more) {
      return this;
    }
  }

  /** Takes several at once: fewer, if there are not so many, but one at least. */
  private List<Integer> next(LDAPInterface ldap, String attribute, int count) throws LDAPException {
    var range = TakenNumbers.range(ids, attribute);
    while (true) {
      var counter = counter(ldap);
      var before = value(counter, attribute);
      var from = before.isPresent() ? number(before.get()) : firstEver(ldap, attribute, range);
      var numbers = free(ldap, attribute, range, Math.max(from, range.first()), count);
      if (take(ldap, before, "%s %d".formatted(attribute, numbers.getLast() + 1))) {
        return numbers;
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

  /** Those that are free of the next ones, one at least. */
  private List<Integer> free(LDAPInterface ldap, String attribute, Range range, int from, int count)
      throws LDAPException {
    var next = TakenNumbers.NONE.lowestFree(range, from);
    while (true) {
      var candidates =
          IntStream.rangeClosed(next, range.last()).filter(TakenNumbers::mayBe).limit(count);
      var numbers = candidates.boxed().toList();
      var used = used(ldap, attribute, numbers);
      var free = numbers.stream().filter(n -> !used.contains(n.toString())).toList();
      if (!free.isEmpty()) {
        return free;
      }
      next = TakenNumbers.NONE.lowestFree(range, numbers.getLast() + 1);
    }
  }

  private Set<String> used(LDAPInterface ldap, String attribute, List<Integer> numbers)
      throws LDAPException {
    var any =
        Filter.createORFilter(
            numbers.stream()
                .map(n -> Filter.createEqualityFilter(attribute, n.toString()))
                .toList());
    return new Search(tree.base(), any, 0, List.of(attribute))
        .in(ldap::search).stream()
            .map(e -> String.valueOf(e.getAttributeValue(attribute)))
            .collect(Collectors.toSet());
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
