package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.commands.keys.KeysAdd;
import dev.gatehouse.console.commands.keys.NewKeys;
import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a file wants of a person. What is empty stays as it is, or is as usual for somebody new;
 * groups and keys are those to have at least.
 *
 * @param uid as written
 */
record WantedPerson(
    FiledPerson filed,
    Username user,
    Optional<String> name,
    Optional<String> uid,
    Account account,
    Set<GroupName> groups,
    List<AuthorizedKeyLine> keys,
    Optional<Boolean> disabled) {
  private static final Pattern BETWEEN_GROUPS = Pattern.compile("[,;\\s]+");

  /**
   * Reads all cells.
   *
   * @param mistakes gets what is wrong in any of them
   * @return empty if something is
   */
  static Optional<WantedPerson> read(FiledPerson filed, List<FiledPerson.Mistake> mistakes) {
    var before = mistakes.size();
    var cells = new Cells(filed, mistakes);
    var user = cells.read(PeopleColumn.USER, Username::new);
    if (user.isEmpty() && filed.cell(PeopleColumn.USER).isEmpty()) {
      mistakes.add(filed.mistake("user: there is none"));
    }
    var name = cells.read(PeopleColumn.NAME, DisplayNames::check);
    var uid = cells.read(PeopleColumn.UID, Function.identity());
    var account =
        new Account(
            cells.read(PeopleColumn.PRIMARY_GROUP, GroupName::new),
            cells.read(PeopleColumn.HOME, AccountPath::new),
            cells.read(PeopleColumn.SHELL, AccountPath::new));
    var groups = cells.read(PeopleColumn.GROUPS, WantedPerson::groups).orElse(Set.of());
    var keys = cells.read(PeopleColumn.KEYS, WantedPerson::keys).orElse(List.of());
    var disabled = cells.read(PeopleColumn.STATE, WantedPerson::disabled);
    return mistakes.size() > before
        ? Optional.empty()
        : user.map(u -> new WantedPerson(filed, u, name, uid, account, groups, keys, disabled));
  }

  private record Cells(FiledPerson filed, List<FiledPerson.Mistake> mistakes) {
    <T> Optional<T> read(PeopleColumn column, Function<String, T> parse) {
      try {
        return Optional.of(filed.cell(column)).filter(c -> !c.isEmpty()).map(parse);
      } catch (UserError e) {
        mistakes.add(filed.mistake(column.word() + ": " + e.text()));
        return Optional.empty();
      }
    }
  }

  private static Set<GroupName> groups(String cell) {
    return new TreeSet<>(BETWEEN_GROUPS.splitAsStream(cell).map(GroupName::new).toList());
  }

  private static List<AuthorizedKeyLine> keys(String cell) {
    var keys = new ArrayList<AuthorizedKeyLine>();
    cell.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .map(WantedPerson::key)
        .forEach(keys::add);
    if (keys.size() > KeysAdd.MOST) {
      throw UserError.usage("%d of them, and there may be %d".formatted(keys.size(), KeysAdd.MOST));
    }
    return List.copyOf(keys);
  }

  /** The file is on the computer of whoever filled in the cell. */
  private static AuthorizedKeyLine key(String line) {
    if (NewKeys.isFile(line)) {
      throw UserError.usage(
          "%s is the name of a file, which cannot be read from here; put the line in the cell that"
                  .formatted(Quote.of(line))
              + " its .pub file holds: type base64 comment");
    }
    return NewKeys.accepted(line);
  }

  private static boolean disabled(String cell) {
    return switch (cell) {
      case "enabled" -> false;
      case "disabled" -> true;
      default -> throw UserError.usage("it is enabled or disabled");
    };
  }
}
