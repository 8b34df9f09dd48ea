package dev.gatehouse.console.commands.platform;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param kind {@code workspace}, {@code warning}, {@code definition}, {@code platform} or {@code
 *     node}
 * @param about such as {@code alice/main}
 * @param reason one word
 */
record PlatformEvent(Instant at, String kind, String about, String reason, String message) {
  static final String NODE = "node";
  static final String PLATFORM = "platform";
}
