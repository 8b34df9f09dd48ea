package dev.gatehouse.frontdoor;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last minutes of a gateway. People are told and may finish: channels that they open on their
 * connections now are served like the others, since a tool that works through one connection would
 * break without. A connection that nothing runs on is ended at once, so that its client finds
 * another gateway.
 */
public final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Long enough to write a line and a disconnect to a client that reads. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final String END = "this gateway is going down; connect again (gateway-closing)";

  private final Connections connections;
  private final Set<Long> told = new HashSet<>();
  private Set<Long> unused = Set.of();

  public Drain(Connections connections) {
    this.connections = connections;
  }

  /**
   * Waits until nobody is left, and ends who is.
   *
   * @param limit how long at most
   */
  public void run(Duration limit) throws InterruptedException {
    LOG.info(
        "[gateway-draining] {} connections have {} s to end",
        connections.count(),
        limit.toSeconds());
    var start = System.nanoTime();
    while (connections.count() > 0 && System.nanoTime() - start < limit.toNanos()) {
      look(limit.minusNanos(System.nanoTime() - start));
      Thread.sleep(LOOK);
    }
    endAll();
  }

  private void look(Duration left) {
    var now = new HashSet<Long>();
    for (var connection : connections.current()) {
      if (told.add(connection.id())) {
        var _ = connection.tell(line(left));
      }
      if (connection.isUnused()) {
        now.add(connection.id());
        // Not at the first look: between a login and its first channel there is none either.
        if (unused.contains(connection.id())) {
          connection.end(END);
        }
      }
    }
    unused = now;
  }

  private void endAll() throws InterruptedException {
    var left = connections.current();
    if (left.isEmpty()) {
      return;
    }
    LOG.info("[gateway-drained] {} connections are cut off", left.size());
    left.forEach(c -> c.end(END));
    var start = System.nanoTime();
    while (connections.count() > 0 && System.nanoTime() - start < FAREWELL.toNanos()) {
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  private static String line(Duration left) {
    var time = left.toMinutes() > 1 ? left.toMinutes() + " min" : left.toSeconds() + " s";
    return "gatehouse: this gateway is going down and ends this connection in %s at the latest;"
            .formatted(time)
        + " reconnect to go on: your workspace keeps running";
  }
}
