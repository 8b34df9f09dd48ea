package dev.gatehouse.frontdoor;

import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.PersonLookup.Found;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * Who a connection says it is. It proves nothing: identity is bound when a signature has been
 * checked.
 *
 * @param name empty if the login name is malformed
 */
record Candidate(Optional<LoginName> name, PersonLookup lookup) {
  static final AttributeKey<Candidate> KEY = new AttributeKey<>();

  /** The person who may log in if they prove it; empty for the unknown and the disabled. */
  Optional<Person> person() {
    return lookup instanceof Found(var person) && !person.disabled()
        ? Optional.of(person)
        : Optional.empty();
  }
}
