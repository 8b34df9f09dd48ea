package dev.gatehouse.console;

import dev.gatehouse.directory.Person;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who calls the console.
 *
 * @param address where they are; empty if it is not known
 */
record Caller(Person person, Optional<InetAddress> address) {
  /** As the history of the definition has it. */
  String from() {
    return address.map(a -> "ssh from " + Addresses.text(a)).orElse("ssh");
  }
}
