package dev.gatehouse.relay;

import java.util.Locale;

/**
 * The request that decides what a session is (RFC 4254, 6.5).
 *
 * @param command the command of exec, the name of subsystem, empty for shell; hostile
 */
public record SessionRequest(Kind kind, String command) {
  /** The request's type. */
  public enum Kind {
    SHELL,
    EXEC,
    SUBSYSTEM;

    String type() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
