package dev.gatehouse.console;

import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Quote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who changed what: a line in the log for every change that a command has made. */
final class Audit {
  /** Its level is set in logback.xml: {@code gate log level} does not silence it. */
  private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.audit");

  private Audit() {}

  /**
   * @param what such as {@code user disable bob}
   */
  static void log(Person who, String what) {
    LOG.info("[admin] {}: {}", who.username(), Quote.plain(what));
  }
}
