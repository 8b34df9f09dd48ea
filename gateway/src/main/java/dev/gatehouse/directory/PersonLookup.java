package dev.gatehouse.directory;

/** The answer to "who is this?". That nobody could answer is not the same as "nobody". */
public sealed interface PersonLookup {
  record Found(Person person) implements PersonLookup {}

  record Unknown() implements PersonLookup {}

  /**
   * @param why for the log; may name servers
   */
  record Unavailable(String why) implements PersonLookup {}
}
