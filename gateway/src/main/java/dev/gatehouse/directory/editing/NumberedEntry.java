package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.directory.Search;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A new person or group, whose name and number nobody else may have. That both are free was seen
 * before, but another gateway may have been faster: only the server can say who was first (in
 * OpenLDAP its overlay {@code unique}, with {@code serialize}).
 *
 * @param attribute {@code uidNumber} or {@code gidNumber}
 */
record NumberedEntry(TreeEditor editor, Entry entry, String attribute) {
  /** A name or a number is there already: by the DN, and by the overlay {@code unique}. */
  private static final Set<ResultCode> TAKEN =
      Set.of(
          ResultCode.ENTRY_ALREADY_EXISTS,
          ResultCode.CONSTRAINT_VIOLATION,
          ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);

  /**
   * Adds it. A number that was chosen here and has been taken meanwhile is replaced by the next.
   *
   * @param wanted the number, if somebody wants that one
   * @return the number it has
   * @throws UserError if the name or the wanted number is taken
   */
  String add(OptionalInt wanted) throws LDAPException {
    var number = wanted.isPresent() ? Integer.toString(wanted.getAsInt()) : next();
    while (!isAddedWith(number)) {
      if (wanted.isPresent()) {
        throw taken(wanted.getAsInt());
      }
      number = next();
    }
    return number;
  }

  static UserError taken(int uid) {
    return new UserError(ExitCode.DATAERR, "somebody has the uid %d already".formatted(uid));
  }

  private String next() throws LDAPException {
    return editor.numbers().next(editor.ldap(), attribute);
  }

  /** Whether it was; if not, somebody else has the number. */
  private boolean isAddedWith(String number) throws LDAPException {
    entry.setAttribute(attribute, number);
    try {
      editor.ldap().add(entry);
      return true;
    } catch (LDAPException e) {
      if (!TAKEN.contains(e.getResultCode())) {
        throw e;
      }
      requireNameFree();
      if (!isThere(editor.tree().base(), Filter.createEqualityFilter(attribute, number))) {
        throw e;
      }
      return false;
    }
  }

  /** What is there and no person or group of ours is told as the server tells it. */
  private void requireNameFree() throws LDAPException {
    var tree = editor.tree();
    var schemaMapping = editor.schemaMapping();
    if (attribute.equals("uidNumber")) {
      var name = new Username(String.valueOf(entry.getAttributeValue("uid")));
      if (isThere(tree.people(), schemaMapping.person(name))) {
        throw new UserError(
            ExitCode.DATAERR, "there is somebody called %s already".formatted(name));
      }
    } else {
      var name = new GroupName(String.valueOf(entry.getAttributeValue("cn")));
      if (isThere(tree.groups(), schemaMapping.group(name))) {
        throw new UserError(ExitCode.DATAERR, "there is a group called %s already".formatted(name));
      }
    }
  }

  private boolean isThere(String base, Filter filter) throws LDAPException {
    return !new Search(base, filter, 0, List.of("1.1")).in(editor.ldap()::search).isEmpty();
  }
}
