package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import dev.gatehouse.cluster.LdapSettings.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lowest number that no entry has, where no two changes happen at once. */
record LowestNumbers(Tree tree, Ids ids) implements Numbers {
  @Override
  public String next(LDAPInterface ldap, String attribute) throws LDAPException {
    var range = TakenNumbers.range(ids, attribute);
    return Integer.toString(
        TakenNumbers.in(ldap, tree, attribute).lowestFree(range, range.first()));
  }

  @Override
  public Numbers reserving(int count) {
    return count == 1 ? this : new Series(this);
  }

  /** Reads the taken numbers once, and goes up from there. */
  private static final class Series implements Numbers {
    private final LowestNumbers all;
    private final Map<String, TakenNumbers> taken = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();

    Series(LowestNumbers all) {
      this.all = all;
    }

    @Override
    public String next(LDAPInterface ldap, String attribute) throws LDAPException {
      var range = TakenNumbers.range(all.ids, attribute);
      if (!taken.containsKey(attribute)) {
        taken.put(attribute, TakenNumbers.in(ldap, all.tree, attribute));
        last.put(attribute, range.first() - 1);
      }
      do {
        last.compute(
            attribute, (_, n) -> taken.get(attribute).lowestFree(range, n == null ? 0 : n + 1));
      } while (isUsed(ldap, attribute));
      return Integer.toString(last.get(attribute));
    }

    /** Somebody before in this change may have wanted just this one. */
    private boolean isUsed(LDAPInterface ldap, String attribute) throws LDAPException {
      var same = Filter.createEqualityFilter(attribute, Integer.toString(last.get(attribute)));
      return !new Search(all.tree.base(), same, 0, List.of("1.1")).in(ldap::search).isEmpty();
    }

    @Override
    public Numbers reserving(int count) {
      return this;
    }
  }
}
