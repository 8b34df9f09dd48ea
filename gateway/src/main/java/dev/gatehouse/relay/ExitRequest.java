package dev.gatehouse.relay;

import java.util.Set;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Looks at a channel request without reading it: does it tell how a program has ended (RFC 4254,
 * 6.10)?
 */
final class ExitRequest {
  private static final String STATUS = "exit-status";
  private static final String SIGNAL = "exit-signal";

  /** By these a workspace that ends makes programs end. */
  private static final Set<String> SIGNALS = Set.of("HUP", "TERM", "KILL");

  /** As shells tell of a program that one of them has ended: 128 and its number. */
  private static final Set<Long> STATUSES = Set.of(129L, 137L, 143L);

  private ExitRequest() {}

  static boolean is(Buffer in) {
    var at = in.rpos();
    var type = in.getString();
    in.rpos(at);
    return type.equals(STATUS) || type.equals(SIGNAL);
  }

  /** Whether a signal that ends workspaces has ended the program. */
  static boolean isOfKilled(Buffer in) {
    var at = in.rpos();
    var type = in.getString();
    in.getBoolean();
    var killed =
        (type.equals(SIGNAL) && SIGNALS.contains(in.getString()))
            || (type.equals(STATUS) && STATUSES.contains(in.getUInt()));
    in.rpos(at);
    return killed;
  }
}
