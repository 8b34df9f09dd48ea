package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.SortKey;
import java.util.Comparator;

/** The orders of both lists. What is equal stays in one order, so that nothing jumps about. */
final class TopOrder {
  private static final Comparator<LiveSession> BUSIEST =
      Comparator.comparingLong((LiveSession s) -> s.bytesIn() + s.bytesOut()).reversed();

  private TopOrder() {}

  static Comparator<TopRow> rows(SortKey key) {
    var order =
        switch (key) {
          case CPU -> Comparator.comparingLong(TopRow::millicores).reversed();
          case MEMORY -> Comparator.comparingLong(TopRow::memoryBytes).reversed();
          case SESSIONS -> Comparator.comparingLong(TopRow::sessions).reversed();
          case AGE -> Comparator.comparing((TopRow r) -> r.info().since());
          case NAME -> Comparator.comparing(TopRow::name);
        };
    return order.thenComparing(TopRow::name);
  }

  /** A connection takes neither processor nor memory of a workspace: bytes stand for both. */
  static Comparator<LiveSession> connections(SortKey key) {
    var order =
        switch (key) {
          case CPU, MEMORY, SESSIONS -> BUSIEST;
          case AGE -> Comparator.comparing(LiveSession::since);
          case NAME -> Comparator.comparing(LiveSession::login);
        };
    return order.thenComparingLong(LiveSession::id);
  }
}
