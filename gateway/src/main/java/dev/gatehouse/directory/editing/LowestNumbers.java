package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lowest number that no entry has, where no two changes happen at once. */
public record LowestNumbers(Tree tree, Ids ids) implements Numbers {
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
    private final Map<String, Integer> last = new HashMap<>();
    private final Map<String, TakenNumbers> taken = new HashMap<>();

    Series(LowestNumbers all) {
      this.all = all;
    }

    @Override
    public String next(LDAPInterface ldap, String attribute) throws LDAPException {
      var range = TakenNumbers.range(all.ids, attribute);
      var known = taken(ldap, attribute);
      var from = last.getOrDefault(attribute, range.first() - 1) + 1;
      var number = known.lowestFree(range, from);
      while (isUsed(ldap, attribute, number)) {
        number = known.lowestFree(range, number + 1);
      }
      last.put(attribute, number);
      return Integer.toString(number);
    }

    private TakenNumbers taken(LDAPInterface ldap, String attribute) throws LDAPException {
      var known = taken.get(attribute);
      if (known == null) {
        known = TakenNumbers.in(ldap, all.tree, attribute);
        taken.put(attribute, known);
      }
      return known;
    }

    /** Somebody before in this change may have wanted just this one. */
    private boolean isUsed(LDAPInterface ldap, String attribute, int number) throws LDAPException {
      var same = Filter.createEqualityFilter(attribute, Integer.toString(number));
      return !new Search(all.tree.base(), same, 0, List.of("1.1")).in(ldap::search).isEmpty();
    }

    @Override
    public Numbers reserving(int count) {
      return this;
    }
  }
}
