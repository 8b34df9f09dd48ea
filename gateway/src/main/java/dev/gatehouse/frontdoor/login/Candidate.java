package dev.gatehouse.frontdoor.login;

import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.PersonLookup.Found;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who a connection says it is. It proves nothing: identity is bound when something has been proven.
 *
 * @param name empty if the login name is malformed
 */
record Candidate(Optional<LoginName> name, PersonLookup lookup, InetSocketAddress from) {
  /** The person who may log in if they prove it; empty for the unknown and the disabled. */
  Optional<Person> person() {
    return lookup instanceof Found(var person) && !person.disabled()
        ? Optional.of(person)
        : Optional.empty();
  }

  /** Whether nobody can say now who this is. */
  boolean unavailable() {
    return lookup instanceof PersonLookup.Unavailable;
  }
}
