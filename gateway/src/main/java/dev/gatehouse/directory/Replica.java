package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A copy of all people and groups of a directory. One thread writes; any number read, without
 * waiting. Entries are kept as LDAP sends them, half a kilobyte for a person, and judged when
 * somebody asks: an account may expire while nothing in the directory changes.
 */
public final class Replica {
  /** One of its two halves, as it is fed. */
  public interface Part {
    /** Takes an entry in place of the one with this id. */
    void put(UUID id, Entry canonical);

    void remove(UUID id);

    /** Removes all others. */
    void retain(Set<UUID> ids);
  }

  private record Stored(List<String> names, PackedEntry entry) {}

  private static final int NO_GROUP = -1;

  private final Map<UUID, Stored> people = new ConcurrentHashMap<>();

  /** LDAP compares names without case; there should be one for each. */
  private final Map<String, List<Stored>> byName = new ConcurrentHashMap<>();

  private final GroupIndex groups;
  private final PersonEntry reader;
  private final AtomicLong changes = new AtomicLong();

  public Replica(SchemaMapping schemaMapping, PersonEntry reader) {
    this.groups = new GroupIndex(schemaMapping.nested());
    this.reader = reader;
  }

  /**
   * Who does not exist takes as long as who does, up to what a hash table and an entry take to
   * read, which is far below the steps in which the front door answers.
   */
  public PersonLookup person(Username username) {
    var entries = byName.getOrDefault(folded(username.value()), List.of());
    return switch (entries.size()) {
      case 0 -> new PersonLookup.Unknown();
      case 1 -> read(username, entries.getFirst().entry().open());
      default -> InvalidEntry.because(username, "more than one entry has this uid");
    };
  }

  /**
   * Everybody who could log in, by name.
   *
   * @param as what to make of each
   */
  public <T> List<T> everybody(BiFunction<Person, Entry, T> as) {
    var found = new TreeMap<Username, T>();
    for (var stored : people.values()) {
      var entry = stored.entry().open();
      reader
          .username(entry)
          .filter(name -> isTheOnlyOne(name, stored))
          .ifPresent(
              name -> {
                if (read(name, entry) instanceof PersonLookup.Found(var person)) {
                  found.put(name, as.apply(person, entry));
                }
              });
    }
    return List.copyOf(found.values());
  }

  private boolean isTheOnlyOne(Username name, Stored stored) {
    var all = byName.getOrDefault(folded(name.value()), List.of());
    if (all.size() > 1 && all.getFirst().equals(stored)) {
      var _ = InvalidEntry.because(name, "more than one entry has this uid");
    }
    return all.size() == 1;
  }

  /** By name, with those members who have a name that could log in. */
  public List<Group> allGroups() {
    var members = new IdentityHashMap<Entry, NavigableSet<Username>>();
    for (var stored : people.values()) {
      var entry = stored.entry().open();
      var number = GroupEntry.number(entry).orElse(NO_GROUP);
      reader
          .username(entry)
          .ifPresent(
              name ->
                  groups
                      .naming(name, number, entry.getDN())
                      .forEach(g -> members.computeIfAbsent(g, _ -> new TreeSet<>()).add(name)));
    }
    return groups
        .all()
        .flatMap(
            g ->
                GroupEntry.name(g)
                    .map(
                        name ->
                            new Group(
                                name,
                                GroupEntry.number(g).orElse(NO_GROUP),
                                List.copyOf(
                                    members.getOrDefault(g, Collections.emptyNavigableSet()))))
                    .stream())
        .sorted(Comparator.comparing(Group::name))
        .toList();
  }

  /** How often something that is read of a person has changed. */
  public long changes() {
    return changes.get();
  }

  public Part people() {
    return new People();
  }

  public Part groups() {
    return groups;
  }

  public int countOfPeople() {
    return people.size();
  }

  private PersonLookup read(Username username, Entry entry) {
    try {
      var person = reader.read(username, entry);
      var theirs = groups.of(username, person.gidNumber(), entry.getDN());
      return new PersonLookup.Found(person.withGroups(theirs.names(), theirs.numbers()));
    } catch (UserError e) {
      return InvalidEntry.because(username, e.text());
    }
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private final class People implements Part {
    @Override
    public void put(UUID id, Entry canonical) {
      var names = canonical.getAttributeValues("uid");
      var stored =
          new Stored(
              List.of(names == null ? new String[0] : names).stream()
                  .map(Replica::folded)
                  .distinct()
                  .toList(),
              PackedEntry.of(canonical));
      var known = people.get(id);
      if (known != null && known.entry().holdsTheSameAs(stored.entry())) {
        // A server tells of changes that are none to us: each wrong password, under ppolicy.
        return;
      }
      var _ = changes.incrementAndGet();
      var before = people.put(id, stored);
      for (var name : stored.names()) {
        byName.merge(name, List.of(stored), (old, one) -> replaced(old, before, stored));
      }
      if (before != null) {
        before.names().stream()
            .filter(n -> !stored.names().contains(n))
            .forEach(n -> cut(n, before));
      }
    }

    @Override
    public void remove(UUID id) {
      var before = people.remove(id);
      if (before != null) {
        var _ = changes.incrementAndGet();
        before.names().forEach(name -> cut(name, before));
      }
    }

    @Override
    public void retain(Set<UUID> ids) {
      people.keySet().stream().filter(id -> !ids.contains(id)).toList().forEach(this::remove);
    }
  }

  private void cut(String name, Stored stored) {
    byName.computeIfPresent(
        name,
        (_, all) -> {
          var left = without(all, stored);
          return left.isEmpty() ? null : left;
        });
  }

  private static List<Stored> replaced(List<Stored> all, @Nullable Stored before, Stored after) {
    var now = new ArrayList<>(without(all, before));
    now.add(after);
    return List.copyOf(now);
  }

  private static List<Stored> without(List<Stored> all, @Nullable Stored one) {
    return all.stream().filter(s -> !s.equals(one)).toList();
  }
}
