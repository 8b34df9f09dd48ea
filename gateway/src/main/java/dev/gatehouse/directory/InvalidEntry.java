package dev.gatehouse.directory;

import dev.gatehouse.name.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody whose entry is there and does not do: to who asks they are unknown, the log says why.
 */
final class InvalidEntry {
  private static final Logger LOG = LoggerFactory.getLogger(InvalidEntry.class);

  private InvalidEntry() {}

  static PersonLookup because(Username username, String why) {
    LOG.warn("{} counts as unknown: {}", username, why);
    return new PersonLookup.Unknown();
  }
}
