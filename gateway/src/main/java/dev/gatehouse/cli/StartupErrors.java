package dev.gatehouse.cli;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the program says when it cannot do what it was started for. */
final class StartupErrors {
  private static final Logger LOG = LoggerFactory.getLogger(StartupErrors.class);

  private StartupErrors() {}

  /** Answers the exit status. */
  static int explain(Exception e) {
    return switch (e) {
      case UserError mistake -> say(mistake.text(), mistake.exit());
      case FailureException failed -> say(failed.failure().line(), failed.failure().exit());
      default -> {
        LOG.error("[gateway-broken] the gateway could not start", e);
        yield say("this is a mistake of ours; the log above says more", ExitCode.SOFTWARE);
      }
    };
  }

  static int say(String text, ExitCode exit) {
    text.lines().forEach(line -> System.err.println("gatehouse: " + line));
    return exit.status();
  }
}
