package dev.gatehouse.directory;

import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * A person as the directory knows them (RFC 2307 {@code posixAccount} and {@code ldapPublicKey}).
 *
 * @param gidNumber the primary group's number
 * @param displayName the entry's {@code displayName}, else its {@code cn}
 * @param groups every POSIX group the person is a member of, the primary one included
 * @param groupIds the numbers of these groups
 * @param keys the usable values of {@code sshPublicKey}; malformed ones are left out and logged
 * @param disabled whether the account may not log in
 */
public record Person(
    Username username,
    int uidNumber,
    int gidNumber,
    String displayName,
    String homeDirectory,
    String loginShell,
    Set<GroupName> groups,
    SortedSet<Integer> groupIds,
    List<AuthorizedKey> keys,
    boolean disabled) {
  private static final int MAX_NAME = 80;

  /** Somebody whose groups' numbers are not known. */
  public Person(
      Username username,
      int uidNumber,
      int gidNumber,
      String displayName,
      String homeDirectory,
      String loginShell,
      Set<GroupName> groups,
      List<AuthorizedKey> keys,
      boolean disabled) {
    this(
        username,
        uidNumber,
        gidNumber,
        displayName,
        homeDirectory,
        loginShell,
        groups,
        Collections.emptySortedSet(),
        keys,
        disabled);
  }

  /**
   * A name as it is shown, at most 80 characters: all letters of the world, but none that drives a
   * terminal or turns text around.
   */
  public static String printable(String name) {
    var shown = new StringBuilder();
    name.strip()
        .codePoints()
        .limit(MAX_NAME)
        .map(c -> Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f) ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** The keys without what is said about them. */
  public List<SshPublicKey> publicKeys() {
    return keys.stream().map(AuthorizedKey::key).toList();
  }

  Person withGroups(Set<GroupName> groups, SortedSet<Integer> groupIds) {
    return new Person(
        username,
        uidNumber,
        gidNumber,
        displayName,
        homeDirectory,
        loginShell,
        groups,
        groupIds,
        keys,
        disabled);
  }
}
