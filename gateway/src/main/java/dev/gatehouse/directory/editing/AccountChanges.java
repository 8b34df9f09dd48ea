package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.AccountLock;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.directory.PeopleAdministration.Changes;
import dev.gatehouse.directory.Search;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What an account has that is said by somebody, and not by default. */
record AccountChanges(TreeEditor editor) {
  /** One modification, so that all of it is seen or nothing. */
  void edit(Username username, Changes changes) throws LDAPException {
    var entry = editor.require(username);
    var primary = requirePrimary(changes.account());
    var modifications = new ArrayList<Modification>();
    changes.displayName().ifPresent(name -> rename(modifications, username, name));
    changes.account().home().ifPresent(p -> replace(modifications, "homeDirectory", p.value()));
    changes.account().shell().ifPresent(p -> replace(modifications, "loginShell", p.value()));
    primary.ifPresent(group -> replace(modifications, "gidNumber", number(group)));
    if (!modifications.isEmpty()) {
      editor.modify(entry, modifications.toArray(Modification[]::new));
    }
    if (primary.isPresent()) {
      editor.addMember(primary.get(), username, entry.getDN());
    }
  }

  /** {@code sn} too: inetOrgPerson must have one (RFC 4519, 3.12). */
  private static void rename(List<Modification> changes, Username username, String name) {
    var shown = name.isBlank() ? username.value() : name.strip();
    Stream.of("cn", "sn", "displayName").forEach(a -> replace(changes, a, shown));
  }

  private static void replace(List<Modification> changes, String attribute, String value) {
    changes.add(new Modification(ModificationType.REPLACE, attribute, value));
  }

  /**
   * @throws UserError if somebody has the number: files of the one would be the other's
   */
  void requireFree(OptionalInt uid) throws LDAPException {
    if (uid.isPresent()) {
      var same = Filter.createEqualityFilter("uidNumber", Integer.toString(uid.getAsInt()));
      var who = new Search(editor.tree().base(), same, 0, List.of("1.1")).in(editor.ldap()::search);
      if (!who.isEmpty()) {
        throw NumberedEntry.taken(uid.getAsInt());
      }
    }
  }

  /** The group's entry, if the account names one; it must be there. */
  Optional<Entry> requirePrimary(Account account) throws LDAPException {
    var name = account.primaryGroup();
    return name.isPresent() ? Optional.of(editor.require(name.get())) : Optional.empty();
  }

  static String number(Entry group) {
    return String.valueOf(group.getAttributeValue("gidNumber"));
  }

  /** See {@link PeopleAdministration#locks}; only for who is locked. */
  List<String> locks(Username username) throws LDAPException {
    var schemaMapping = editor.schemaMapping();
    var found =
        new Search(
                editor.tree().people(),
                schemaMapping.person(username),
                0,
                schemaMapping.personAttributes())
            .in(editor.ldap()::search);
    return found.stream().map(schemaMapping::canonical).flatMap(AccountChanges::locks).toList();
  }

  private static boolean isForGood(Entry entry) {
    return AccountLock.isLockedForGood(entry.getAttributeValue(PasswordLock.ATTRIBUTE));
  }

  private static Stream<String> locks(Entry entry) {
    var shell = Optional.ofNullable(entry.getAttributeValue("loginShell")).orElse("");
    return Stream.concat(
        AccountLock.ATTRIBUTES.stream()
            .filter(entry::hasAttribute)
            // It stays when the time is over, and never kept anybody out; see PasswordLock.
            .filter(a -> !a.equals(PasswordLock.ATTRIBUTE) || isForGood(entry))
            .map(a -> a + ": " + entry.getAttributeValue(a)),
        Stream.of(shell).filter(AccountLock::isNoShell).map(s -> "loginShell: " + s));
  }
}
