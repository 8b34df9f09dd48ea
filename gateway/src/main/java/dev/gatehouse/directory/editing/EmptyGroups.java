package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.gatehouse.directory.LdapFailures;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which groups the server's schema (RFC 4512, 4.2) lets be without a member. */
record EmptyGroups(LDAPInterface ldap) {
  /**
   * Object classes of groups that name members by DN. {@code groupOfNames} needs a member by RFC
   * 4519, 3.5, as in slapd; in the standard schema of UnboundID, and so in the embedded directory,
   * it needs none. Made to be empty are {@code groupOfMembers} of some versions of rfc2307bis and
   * {@code groupOfEntries} of draft-findlay-ldap-groupofentries.
   */
  private static final List<String> BY_DN =
      List.of("groupOfNames", "groupOfMembers", "groupOfEntries");

  private static final List<String> MEMBERS = List.of("member", "memberUid");

  /** Returns whether the group names its members by DN. */
  static boolean isByDn(Entry group) {
    return BY_DN.stream().anyMatch(group::hasObjectClass);
  }

  /** Returns the object class to make an empty group of; empty if the server has none. */
  Optional<String> objectClass() throws LDAPException {
    return schema().stream()
        .flatMap(schema -> BY_DN.stream().filter(name -> mayBeEmpty(schema, name)))
        .findFirst();
  }

  /** Returns whether the group may lose its last member. */
  boolean allow(Entry group) throws LDAPException {
    if (!isByDn(group)) {
      return true;
    }
    return schema()
        .filter(
            schema ->
                BY_DN.stream()
                    .filter(group::hasObjectClass)
                    .allMatch(name -> mayBeEmpty(schema, name)))
        .isPresent();
  }

  private static boolean mayBeEmpty(Schema schema, String objectClass) {
    var definition = (@Nullable ObjectClassDefinition) schema.getObjectClass(objectClass);
    return definition != null
        && definition.getRequiredAttributes(schema, true).stream()
            .noneMatch(attribute -> MEMBERS.stream().anyMatch(attribute::hasNameOrOID));
  }

  /** Empty where the gateway may not read it: then no group is known that may be empty. */
  private Optional<Schema> schema() throws LDAPException {
    try {
      return Optional.ofNullable((@Nullable Schema) ldap.getSchema());
    } catch (LDAPException e) {
      if (LdapFailures.mayPass(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
