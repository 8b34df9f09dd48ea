package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import dev.gatehouse.name.GroupName;
import java.util.Collections;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Somebody's groups, as they are found; used by one thread. */
final class GroupSet {
  /** How many groups deep somebody is looked for. */
  static final int MAX_DEPTH = 8;

  private final Set<String> seen = new HashSet<>();
  private final NavigableSet<GroupName> names = new TreeSet<>();
  private final NavigableSet<Integer> numbers = new TreeSet<>();

  /** Adds a group; whether it was not in it yet, which ends circles of groups. */
  boolean add(Entry group) {
    if (!seen.add(group.getDN())) {
      return false;
    }
    GroupEntry.name(group).ifPresent(names::add);
    GroupEntry.number(group).ifPresent(numbers::add);
    return true;
  }

  Set<GroupName> names() {
    return Collections.unmodifiableSet(names);
  }

  SortedSet<Integer> numbers() {
    return Collections.unmodifiableSortedSet(numbers);
  }
}
