package dev.gatehouse.cluster;

import java.time.Duration;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A section {@code idle}.
 *
 * @param usual where it says nothing
 */
record IdleReader(Section section, IdlePolicy usual) {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(10_000);
  private static final int MAX_MILLICORES = 1_000_000;

  IdlePolicy read() {
    var policy =
        new IdlePolicy(
            section.get("after", IdleReader::orNever).orElse(usual.after()),
            section.get(
                "busyMillicores", Amounts.integer(0, MAX_MILLICORES), usual.busyMillicores()),
            section.get("maxLifetime", IdleReader::orNever).orElse(usual.maxLifetime()),
            section.get("warning", Amounts.durationOrNone(LEAST, MOST), usual.warning()));
    section.refuseUnknownKeys();
    return policy;
  }

  private static Optional<Duration> orNever(ScalarNode node) {
    return node.getValue().equals("never")
        ? Optional.empty()
        : Optional.of(Amounts.duration(LEAST, MOST).apply(node));
  }
}
