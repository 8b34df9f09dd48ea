package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which group, looked up by the member. One thread writes, any number read. A change of a
 * group touches only the members that came or went: each of them is named once in memory, however
 * many groups they are in.
 */
final class GroupIndex implements Replica.Part {
  /** A group; {@code members} belong to the writer. */
  private static final class Group {
    private volatile Entry entry;
    private List<Member> members = List.of();

    Group(Entry entry) {
      this.entry = entry;
    }
  }

  /** Whoever is named in groups, by DN, by name or as who has its number. */
  private static final class Member {
    private final String key;
    private volatile List<Group> groups = List.of();

    Member(String key) {
      this.key = key;
    }
  }

  private final boolean nested;
  private final Map<UUID, Group> groups = new ConcurrentHashMap<>();
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  /**
   * @param nested whether groups count in which a group of the person's is a member
   */
  GroupIndex(boolean nested) {
    this.nested = nested;
  }

  GroupSet of(Username username, int gidNumber, String dn) {
    var found = new GroupSet();
    Collection<Entry> level = naming(username, gidNumber, dn);
    for (var depth = 0; !level.isEmpty(); depth++) {
      var above = level.stream().filter(found::add).map(Entry::getDN).toList();
      level =
          nested && depth < GroupSet.MAX_DEPTH
              ? naming(above.stream().map(GroupIndex::byDn))
              : List.of();
    }
    return found;
  }

  /** The groups that somebody is in by themselves. */
  List<Entry> naming(Username username, int gidNumber, String dn) {
    return naming(Stream.of(byNumber(gidNumber), byName(username.value()), byDn(dn)));
  }

  Stream<Entry> all() {
    return groups.values().stream().map(g -> g.entry);
  }

  private List<Entry> naming(Stream<@Nullable String> keys) {
    return keys.filter(Objects::nonNull)
        .map(members::get)
        .filter(Objects::nonNull)
        .flatMap(m -> m.groups.stream())
        .map(g -> g.entry)
        .toList();
  }

  @Override
  public void put(UUID id, Entry canonical) {
    var group = groups.computeIfAbsent(id, _ -> new Group(named(canonical)));
    group.entry = named(canonical);
    var before = new HashMap<String, Member>();
    group.members.forEach(member -> before.put(member.key, member));
    var now = new ArrayList<Member>();
    for (var key : keys(canonical)) {
      var member = before.remove(key);
      now.add(member == null ? join(key, group) : member);
    }
    before.values().forEach(member -> leave(member, group));
    group.members = List.copyOf(now);
  }

  @Override
  public void remove(UUID id) {
    var group = groups.remove(id);
    if (group != null) {
      group.members.forEach(member -> leave(member, group));
    }
  }

  @Override
  public void retain(Set<UUID> ids) {
    groups.keySet().stream().filter(id -> !ids.contains(id)).toList().forEach(this::remove);
  }

  private Member join(String key, Group group) {
    var member = members.computeIfAbsent(key, Member::new);
    var more = new ArrayList<>(member.groups);
    more.add(group);
    member.groups = List.copyOf(more);
    return member;
  }

  private void leave(Member member, Group group) {
    member.groups = member.groups.stream().filter(g -> g != group).toList();
    if (member.groups.isEmpty()) {
      members.remove(member.key);
    }
  }

  /** All that is read of a group later. */
  private static Entry named(Entry group) {
    return new Entry(
        group.getDN(),
        GroupEntry.ATTRIBUTES.stream()
            .map(group::getAttribute)
            .filter(Objects::nonNull)
            .toArray(Attribute[]::new));
  }

  /** Each once: in different letters they may be the same. */
  private static Set<String> keys(Entry group) {
    var number = GroupEntry.number(group);
    return Stream.of(
            values(group, "member").map(GroupIndex::byDn),
            values(group, "memberUid").map(GroupIndex::byName),
            number.stream().mapToObj(GroupIndex::byNumber))
        .flatMap(s -> s)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static Stream<String> values(Entry entry, String attribute) {
    var values = entry.getAttributeValues(attribute);
    return values == null ? Stream.of() : Stream.of(values);
  }

  private static String byNumber(int gidNumber) {
    return "#" + gidNumber;
  }

  private static String byName(String username) {
    return "@" + username;
  }

  /** Null for what is no DN: nobody can be meant by it. */
  private static @Nullable String byDn(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException e) {
      return null;
    }
  }
}
