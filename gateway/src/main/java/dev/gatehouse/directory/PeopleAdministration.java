package dev.gatehouse.directory;

import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes people and groups. Calls block on the directory and belong on virtual threads. Each does
 * all that it says or nothing; what it says was done is on the disk.
 *
 * <p>Every method throws {@link dev.gatehouse.failure.UserError} for what the administrator asked
 * wrongly (no such person, a name that is taken, the last member of a group), and {@link
 * dev.gatehouse.failure.FailureException} when the directory is away or refuses.
 */
public interface PeopleAdministration {
  /**
   * What an account may have otherwise than usual. What is empty is the usual for somebody new, and
   * stays as it is for somebody known.
   *
   * @param primaryGroup must exist; the usual one is {@code everyone}
   * @param home where it is in workspaces; usually {@code /home/NAME}
   * @param shell usually {@code /bin/bash}
   */
  record Account(
      Optional<GroupName> primaryGroup, Optional<AccountPath> home, Optional<AccountPath> shell) {
    public static final Account USUAL =
        new Account(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * A person to be made.
   *
   * @param displayName empty for the name
   * @param groups beside the primary one; they must exist
   * @param uid empty for the next that is free
   * @param disabled whether they may not log in yet
   */
  record NewPerson(
      Username username,
      String displayName,
      Set<GroupName> groups,
      List<AuthorizedKeyLine> keys,
      OptionalInt uid,
      Account account,
      boolean disabled) {

    /** Who may log in at once. */
    public NewPerson(
        Username username,
        String displayName,
        Set<GroupName> groups,
        List<AuthorizedKeyLine> keys,
        OptionalInt uid,
        Account account) {
      this(username, displayName, groups, keys, uid, account, false);
    }

    /** With all that is usual. */
    public NewPerson(
        Username username,
        String displayName,
        Set<GroupName> groups,
        List<AuthorizedKeyLine> keys) {
      this(username, displayName, groups, keys, OptionalInt.empty(), Account.USUAL);
    }
  }

  /**
   * What is to be different of somebody.
   *
   * @param displayName as it is if empty
   */
  record Changes(Optional<String> displayName, Account account) {}

  /**
   * @param gidNumber its number
   * @param members by name; people whose primary group it is included
   */
  record Group(GroupName name, int gidNumber, List<Username> members) {}

  /**
   * What people change of their own, as themselves: the directory's own rules decide, and its log
   * has their name. The password must be theirs, or it is a {@link
   * dev.gatehouse.failure.UserError}; what else is thrown is as above.
   */
  interface SelfService {
    /** A key that they have already is replaced, with its options. */
    void addKey(Username person, String password, AuthorizedKeyLine key);

    /**
     * @param fingerprint {@code SHA256:…}
     */
    void removeKey(Username person, String password, String fingerprint);

    void changePassword(Username person, String password, String replacement);
  }

  /**
   * A person with the keys as they are written.
   *
   * @param keys those that they may log in with
   */
  record KeyHolder(Person person, List<AuthorizedKeyLine> keys) {}

  /** By name. */
  List<Person> people();

  /** By name, each with their keys. */
  List<KeyHolder> keyHolders();

  Optional<Person> person(Username username);

  Person add(NewPerson person);

  /**
   * Adds many, far faster than one after the other. Where one of them cannot be added, those before
   * may be, with all their groups.
   *
   * @param made is told who was added, in order, once that is on the disk
   */
  void add(List<NewPerson> people, Consumer<NewPerson> made);

  /** Whoever leaves a primary group stays a member of it. The number of a person never changes. */
  Person edit(Username username, Changes changes);

  /**
   * What in the entry of a disabled person keeps them out, in the directory's words, such as {@code
   * shadowExpire: 1}; and for everybody whether no password is taken of them now, after wrong ones.
   */
  List<String> locks(Username username);

  /**
   * Removes the person, and their name from every group.
   *
   * @return the groups that went too, because they had no other member and may not be empty
   */
  List<GroupName> remove(Username username);

  /** A disabled person cannot log in, and what they have open is ended within seconds. */
  void setDisabled(Username username, boolean disabled);

  /** The keys that the person may log in with, as they were written. */
  List<AuthorizedKeyLine> keys(Username username);

  /** A key that the person has already is replaced, with its options. */
  void addKey(Username username, AuthorizedKeyLine key);

  /**
   * @param fingerprint {@code SHA256:…}
   */
  void removeKey(Username username, String fingerprint);

  /** In place of the one they had, if any; whether it is good enough the directory decides. */
  void setPassword(Username username, String password);

  /** By name. */
  List<Group> groups();

  Optional<Group> group(GroupName name);

  Group addGroup(GroupName name, Username firstMember);

  /**
   * Adds a group without members, which {@code groupOfNames} cannot be on most servers.
   *
   * @throws dev.gatehouse.failure.UserError if the directory's schema has no such group
   */
  Group addEmptyGroup(GroupName name);

  void removeGroup(GroupName name);

  /** Its number and its members stay. */
  Group renameGroup(GroupName name, GroupName replacement);

  /** Somebody who is in it already stays in it. */
  void addMember(GroupName group, Username member);

  void removeMember(GroupName group, Username member);

  /** The same people, for themselves. */
  SelfService selfService();
}
