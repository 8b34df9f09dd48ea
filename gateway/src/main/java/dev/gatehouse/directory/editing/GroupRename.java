package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import java.util.List;

/** Gives a group another name, and tells the groups that it is a member of. */
record GroupRename(TreeEditor editor, GroupName before, GroupName after) {
  void run() throws LDAPException {
    var group = editor.require(before);
    requireRenamable();
    if (!isNamedByCn(group)) {
      editor.modify(group, new Modification(ModificationType.REPLACE, "cn", after.value()));
      return;
    }
    editor.ldap().modifyDN(group.getDN(), new RDN("cn", after.value()).toString(), true);
    follow(group.getDN(), editor.require(after).getDN());
  }

  private void requireRenamable() throws LDAPException {
    if (before.equals(EnsuredPerson.EVERYONE)) {
      throw new UserError(
          ExitCode.DATAERR, "%s is the group that new people are put into".formatted(before));
    }
    if (editor.group(after).isPresent()) {
      throw new UserError(ExitCode.DATAERR, "there is a group called %s already".formatted(after));
    }
  }

  private static boolean isNamedByCn(Entry group) throws LDAPException {
    var rdn = group.getRDN();
    return rdn != null && rdn.hasAttribute("cn");
  }

  /**
   * A server with the overlay refint does that itself, a moment after the change of name, but does
   * not tell those who follow the directory: so what it has written is written again.
   */
  private void follow(String dnBefore, String dnAfter) throws LDAPException {
    for (var above : editor.groups()) {
      var members = above.getAttributeValues("member");
      for (var member : members == null ? new String[0] : members) {
        if (DN.equals(member, dnBefore)) {
          replace(above.getDN(), member, dnAfter);
        } else if (DN.equals(member, dnAfter)) {
          put(above.getDN(), member, member);
        }
      }
    }
  }

  private void replace(String above, String before, String after) throws LDAPException {
    try {
      put(above, before, after);
    } catch (LDAPException e) {
      if (!e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
        throw e;
      }
      // refint has come first since we looked.
      put(above, after, after);
    }
  }

  private void put(String above, String before, String after) throws LDAPException {
    editor
        .ldap()
        .modify(
            above,
            List.of(
                new Modification(ModificationType.DELETE, "member", before),
                new Modification(ModificationType.ADD, "member", after)));
  }
}
