package dev.gatehouse.directory;

import dev.gatehouse.name.Username;
import java.util.Optional;

/**
 * Looks people up. Calls may block on the network and belong on virtual threads. They cost the same
 * whether the person exists or not, so that time tells nothing.
 */
public interface Directory {
  PersonLookup person(Username username);

  /**
   * Binds as the person with the password (RFC 4511, 4.2); an empty password is wrong without
   * asking, because to LDAP it would be an anonymous bind.
   */
  PasswordCheck password(Username username, String password);

  /** How it stands; empty for one that is never away, inside this process. Asks nobody. */
  default Optional<DirectoryHealth> health() {
    return Optional.empty();
  }
}
