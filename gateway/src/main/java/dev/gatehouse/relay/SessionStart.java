package dev.gatehouse.relay;

import dev.gatehouse.relay.SessionRequest.Kind;
import java.util.List;

/**
 * How a session begins.
 *
 * @param request the shell, exec or subsystem request
 * @param before what came before it, in order; more may be added until all is sent
 */
record SessionStart(Kind kind, HeldRequest request, List<HeldRequest> before) {
  boolean hasTerminal() {
    return before.stream().anyMatch(r -> r.is("pty-req"));
  }
}
