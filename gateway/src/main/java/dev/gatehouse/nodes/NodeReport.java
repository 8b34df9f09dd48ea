package dev.gatehouse.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of the cluster's nodes at one moment.
 *
 * @param at when
 */
public record NodeReport(Instant at, List<Node> nodes) {
  /** It is written every ten seconds: after this long whoever writes it has stopped. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  public NodeReport {
    nodes = List.copyOf(nodes);
  }

  public boolean isFresh(Instant now) {
    return now.isBefore(at.plus(FRESH));
  }

  public Amount allocatable() {
    return Amount.sum(nodes.stream().map(Node::allocatable).toList());
  }

  public Amount requested() {
    return Amount.sum(nodes.stream().map(Node::requested).toList());
  }

  /** Empty where nobody measures it. */
  public Optional<Amount> used() {
    return nodes.stream().flatMap(n -> n.used().stream()).reduce(Amount::plus);
  }
}
