package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * CVE-2018-15473 and CVE-2016-6210: OpenSSH told by its answers, and by the time of them, which
 * names exist. Here the unknown, the disabled and those with another key are refused in the same
 * time, with the directory quick and slow; that the answers are the same is in RefusedLoginIT.
 */
@Isolated("it measures time")
final class EnumerationIT {
  private static final int TRIES = 15;

  /** A person, somebody disabled, nobody, and what cannot be anybody. */
  private static final List<String> NAMES = List.of("alice", "eve", "nobody", "NO BODY");

  @Test
  void refusal_whoeverIsMeant_takesTheSameTime() {
    try (var gateway =
        StagedGateway.start(
            "gateway: {port: 0}", People.of("alice", "mallory").addDisabled("eve"))) {
      for (var delay : List.of(Duration.ZERO, Duration.ofMillis(70))) {
        gateway.people().setDelay(delay);
        var medians = medians(gateway);
        var quickest = Collections.min(medians.values());
        var slowest = Collections.max(medians.values());
        assertThat(slowest - quickest)
            .as("medians in ms with a directory that takes %s: %s", delay, medians)
            .isLessThan(15);
      }
    }
  }

  /** Interleaved, so that a machine that slows down does so for all. */
  private static Map<String, Long> medians(StagedGateway gateway) {
    var times = new HashMap<String, List<Long>>();
    for (var i = 0; i < TRIES; i++) {
      for (var name : NAMES) {
        times.computeIfAbsent(name, _ -> new ArrayList<>()).add(refusalMillis(gateway, name));
      }
    }
    var medians = new HashMap<String, Long>();
    times.forEach((name, all) -> medians.put(name, all.stream().sorted().toList().get(TRIES / 2)));
    return medians;
  }

  private static long refusalMillis(StagedGateway gateway, String name) {
    try (var client = RawClient.connect(gateway, name)) {
      var began = System.nanoTime();
      assertThat(client.isRefused(gateway.people().identity("mallory"))).isTrue();
      return (System.nanoTime() - began) / 1_000_000;
    }
  }
}
