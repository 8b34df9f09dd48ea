package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * People who are added in one change: one entry after the other, and then each group once, however
 * many of them it gets. Used by one thread, once.
 */
final class Newcomers {
  private final TreeEditor editor;
  private final Map<GroupName, Entry> groups = new HashMap<>();
  private final Map<GroupName, Map<Username, String>> joining = new LinkedHashMap<>();
  private final List<NewPerson> added = new ArrayList<>();
  private Optional<String> everyone = Optional.empty();

  Newcomers(TreeEditor editor) {
    this.editor = editor;
  }

  /**
   * Adds all of them, or those before the first who cannot be added.
   *
   * @param made gets those who are whole
   */
  void add(List<NewPerson> people, List<NewPerson> made) throws LDAPException {
    try {
      for (var person : people) {
        add(person);
        added.add(person);
      }
    } finally {
      join();
      made.addAll(added);
    }
  }

  private void add(NewPerson person) throws LDAPException {
    var username = person.username();
    if (editor.person(username).isPresent()) {
      throw new UserError(
          ExitCode.DATAERR, "there is somebody called %s already".formatted(username));
    }
    // Before anything is made: LDAP takes nothing back.
    for (var group : person.groups()) {
      var _ = group(group);
    }
    new AccountChanges(editor).requireFree(person.uid());
    var primary = person.account().primaryGroup();
    var number =
        primary.isPresent() ? Optional.of(numberOf(primary.get())) : Optional.<String>empty();
    var dn = editor.dnOf(username);
    var usual = everyone(username, dn);
    editor.addPerson(person, number.orElse(usual));
    Stream.of(primary.stream(), Stream.of(EnsuredPerson.EVERYONE), person.groups().stream())
        .flatMap(s -> s)
        .forEach(g -> joining.computeIfAbsent(g, _ -> new LinkedHashMap<>()).put(username, dn));
  }

  private String numberOf(GroupName group) throws LDAPException {
    return AccountChanges.number(group(group));
  }

  /** Made with the first of them, if there is none. */
  private String everyone(Username first, String dn) throws LDAPException {
    if (everyone.isEmpty()) {
      everyone = Optional.of(EnsuredPerson.primaryGroup(editor, first, dn));
    }
    return everyone.get();
  }

  private Entry group(GroupName name) throws LDAPException {
    var known = groups.get(name);
    if (known != null) {
      return known;
    }
    var entry = editor.require(name);
    groups.put(name, entry);
    return entry;
  }

  /** As they are now: others may have joined since they were read. */
  private void join() throws LDAPException {
    for (var one : joining.entrySet()) {
      var all = new LinkedHashMap<>(one.getValue());
      all.keySet().retainAll(added.stream().map(NewPerson::username).toList());
      if (!all.isEmpty()) {
        editor.addMembers(editor.require(one.getKey()), all);
      }
    }
  }
}
