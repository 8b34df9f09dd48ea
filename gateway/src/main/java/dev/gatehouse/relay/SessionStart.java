package dev.gatehouse.relay;

import dev.gatehouse.relay.SessionRequest.Kind;
import java.util.List;
import java.util.Optional;

/**
 * How a session begins.
 *
 * @param request the shell, exec or subsystem request
 * @param before what came before it, in order; more may be added until all is sent
 */
record SessionStart(Kind kind, HeldRequest request, List<HeldRequest> before) {
  boolean hasTerminal() {
    return pty().isPresent();
  }

  /** The width of the terminal when the session began, in characters; 0 if that is not known. */
  int columns() {
    return pty().map(SessionStart::columns).orElse(0);
  }

  private Optional<HeldRequest> pty() {
    return before.stream().filter(r -> r.is("pty-req")).findFirst();
  }

  /** Looks at the request without reading it: it goes to the workspace yet. */
  private static int columns(HeldRequest pty) {
    var fields = pty.fields();
    var start = fields.rpos();
    fields.getString();
    var columns = (int) Math.min(fields.getUInt(), Integer.MAX_VALUE);
    fields.rpos(start);
    return columns;
  }
}
