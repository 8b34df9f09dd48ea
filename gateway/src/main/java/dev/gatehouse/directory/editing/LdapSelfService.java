package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.directory.LdapFailures;
import dev.gatehouse.directory.PeopleAdministration.SelfService;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.function.Function;

/** Looks entries up as the gateway, and changes them as the people themselves. */
public final class LdapSelfService implements SelfService {
  /** Whoever can act as a person; throws {@link ResultCode#INVALID_CREDENTIALS} if they did not. */
  public interface Impersonator {
    void change(String dn, String password, TreeChange change) throws LDAPException;

    void changePassword(String dn, String password, String replacement) throws LDAPException;
  }

  /** What is done as the person. */
  private interface Deed {
    void on(Entry entry) throws LDAPException;
  }

  private final SchemaMapping schemaMapping;
  private final LDAPInterface reader;
  private final Impersonator impersonator;

  public LdapSelfService(
      SchemaMapping schemaMapping, LDAPInterface reader, Impersonator impersonator) {
    this.schemaMapping = schemaMapping;
    this.reader = reader;
    this.impersonator = impersonator;
  }

  @Override
  public void addKey(Username person, String password, AuthorizedKeyLine key) {
    modify(person, password, entry -> KeyChanges.adding(entry, key));
  }

  @Override
  public void removeKey(Username person, String password, String fingerprint) {
    modify(person, password, entry -> KeyChanges.removing(entry, person, fingerprint));
  }

  @Override
  public void changePassword(Username person, String password, String replacement) {
    Passwords.require(replacement);
    act(
        person,
        password,
        entry -> impersonator.changePassword(entry.getDN(), password, replacement));
  }

  private void modify(
      Username person, String password, Function<Entry, List<Modification>> changes) {
    act(
        person,
        password,
        entry -> {
          var wanted = changes.apply(entry);
          impersonator.change(entry.getDN(), password, ldap -> ldap.modify(entry.getDN(), wanted));
        });
  }

  private void act(Username person, String password, Deed deed) {
    try {
      // To LDAP an empty password is an anonymous bind, which succeeds (RFC 4513, 5.1.2).
      if (password.isEmpty()) {
        throw new LDAPException(ResultCode.INVALID_CREDENTIALS);
      }
      deed.on(new TreeEditor(schemaMapping, reader, NO_NUMBERS).require(person));
    } catch (LDAPException e) {
      throw e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)
          ? new UserError(ExitCode.NOPERM, "that is not the password of " + person)
          : LdapFailures.ofChange(e, "the gateway");
    }
  }

  /** Nobody is made here. */
  private static final Numbers NO_NUMBERS =
      new Numbers() {
        @Override
        public String next(LDAPInterface ldap, String attribute) {
          throw new AssertionError("self-service gives out no " + attribute);
        }

        @Override
        public Numbers reserving(int count) {
          return this;
        }
      };
}
