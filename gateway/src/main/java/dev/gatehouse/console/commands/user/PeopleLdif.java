package dev.gatehouse.console.commands.user;

import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.ldif.LdifPeople;
import dev.gatehouse.directory.ldif.LdifPeople.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * People in LDIF, with the attributes of RFC 2307: a {@code posixAccount} each, and groups as
 * entries of their own. What else is in a file is passed over.
 *
 * @param today in days since 1970
 */
record PeopleLdif(long today) {
  /** To take the first of several would lose the others without a word. */
  private static final List<String> SINGLE =
      List.of("uid", "uidNumber", "gidNumber", "homeDirectory", "loginShell", "shadowExpire");

  private static final String NEVER = "-1";
  private static final String LONG_AGO = "1";

  /**
   * See {@link LdifPeople#read}.
   *
   * @param mistakes gets the entries that say more than one thing where there can be one
   */
  List<FiledPerson> read(String text, List<FiledPerson.Mistake> mistakes) {
    var items = LdifPeople.read(text);
    var groups = new Groups(items.stream().filter(PeopleLdif::isGroup).toList());
    var people = new ArrayList<FiledPerson>();
    for (var item : items.stream().filter(PeopleLdif::isPerson).toList()) {
      var person = person(item, groups);
      var twice = SINGLE.stream().filter(a -> item.values(a).size() > 1).toList();
      if (twice.isEmpty()) {
        people.add(person);
      } else {
        mistakes.add(
            person.mistake(
                "%s: the entry has %d of them, and a person has one"
                    .formatted(twice.getFirst(), item.values(twice.getFirst()).size())));
      }
    }
    return people;
  }

  private static boolean isPerson(Item item) {
    return item.values("objectClass").stream().anyMatch("posixAccount"::equalsIgnoreCase);
  }

  private static boolean isGroup(Item item) {
    return item.values("objectClass").stream().anyMatch("posixGroup"::equalsIgnoreCase);
  }

  private FiledPerson person(Item item, Groups groups) {
    var cells = new EnumMap<PeopleColumn, String>(PeopleColumn.class);
    var user = first(item, "uid");
    cells.put(PeopleColumn.USER, user);
    var name = first(item, "displayName");
    cells.put(PeopleColumn.NAME, name.isBlank() ? first(item, "cn") : name);
    cells.put(PeopleColumn.UID, first(item, "uidNumber"));
    cells.put(PeopleColumn.HOME, first(item, "homeDirectory"));
    cells.put(PeopleColumn.SHELL, first(item, "loginShell"));
    cells.put(PeopleColumn.STATE, state(first(item, "shadowExpire")));
    cells.put(PeopleColumn.KEYS, String.join("\n", item.values("sshPublicKey")));
    var gid = first(item, "gidNumber");
    cells.put(PeopleColumn.PRIMARY_GROUP, names(groups.byNumber.get(gid)));
    cells.put(PeopleColumn.GROUPS, names(groups.byMember.get(user)));
    return new FiledPerson(item.line(), cells);
  }

  private static String names(@Nullable Collection<String> groups) {
    return groups == null ? "" : String.join(",", groups);
  }

  /** The names of groups, by what people are looked up by: each person is in few of many. */
  private static final class Groups {
    private final Map<String, Set<String>> byNumber = new HashMap<>();
    private final Map<String, Set<String>> byMember = new HashMap<>();

    Groups(List<Item> groups) {
      for (var group : groups) {
        var name = first(group, "cn");
        put(byNumber, first(group, "gidNumber"), name);
        members(group).forEach(member -> put(byMember, member, name));
      }
    }

    private static void put(Map<String, Set<String>> names, String key, String name) {
      names.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(name);
    }
  }

  private static Stream<String> members(Item group) {
    return Stream.concat(
        group.values("memberUid").stream(),
        group.values("member").stream().map(LdifPeople::firstValue));
  }

  /** Days since 1970, -1 for never (shadow(5)). What is no number the next reader refuses. */
  private String state(String expiry) {
    if (expiry.isEmpty()) {
      return "";
    }
    if (!expiry.matches("-?[0-9]{1,9}")) {
      return expiry;
    }
    var day = Long.parseLong(expiry);
    return day >= 0 && day <= today ? "disabled" : "enabled";
  }

  private static String first(Item item, String attribute) {
    return item.values(attribute).stream().findFirst().orElse("");
  }

  /**
   * @param groups of whose members only these people are named
   */
  static List<String> write(List<FiledPerson> people, List<Group> groups) {
    var users = people.stream().map(p -> p.cell(PeopleColumn.USER)).collect(Collectors.toSet());
    return LdifPeople.write(
        Stream.concat(
                people.stream().map(p -> item(p, groups)),
                groups.stream().flatMap(g -> item(g, users)))
            .toList());
  }

  private static Item item(FiledPerson person, List<Group> groups) {
    var user = person.cell(PeopleColumn.USER);
    var attributes = new LinkedHashMap<String, List<String>>();
    attributes.put(
        "objectClass", List.of("inetOrgPerson", "posixAccount", "shadowAccount", "ldapPublicKey"));
    put(attributes, "uid", user);
    Stream.of("cn", "sn", "displayName")
        .forEach(a -> put(attributes, a, person.cell(PeopleColumn.NAME)));
    put(attributes, "uidNumber", person.cell(PeopleColumn.UID));
    groups.stream()
        .filter(g -> g.name().value().equals(person.cell(PeopleColumn.PRIMARY_GROUP)))
        .forEach(g -> put(attributes, "gidNumber", Integer.toString(g.gidNumber())));
    put(attributes, "homeDirectory", person.cell(PeopleColumn.HOME));
    put(attributes, "loginShell", person.cell(PeopleColumn.SHELL));
    put(
        attributes,
        "shadowExpire",
        person.cell(PeopleColumn.STATE).equals("disabled") ? LONG_AGO : NEVER);
    attributes.put("sshPublicKey", person.cell(PeopleColumn.KEYS).lines().toList());
    attributes.values().removeIf(List::isEmpty);
    return new Item(0, "uid=%s,ou=people".formatted(user), attributes);
  }

  private static void put(Map<String, List<String>> attributes, String name, String value) {
    attributes.put(name, value.isEmpty() ? List.of() : List.of(value));
  }

  private static Stream<Item> item(Group group, Set<String> users) {
    var members = new ArrayList<>(group.members().stream().map(Object::toString).toList());
    members.retainAll(users);
    if (members.isEmpty()) {
      return Stream.of();
    }
    var attributes = new LinkedHashMap<String, List<String>>();
    attributes.put("objectClass", List.of("posixGroup"));
    put(attributes, "cn", group.name().value());
    put(attributes, "gidNumber", Integer.toString(group.gidNumber()));
    attributes.put("memberUid", members);
    return Stream.of(new Item(0, "cn=%s,ou=groups".formatted(group.name()), attributes));
  }
}
