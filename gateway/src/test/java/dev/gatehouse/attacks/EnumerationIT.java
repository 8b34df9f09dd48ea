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
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CVE-2018-15473 and CVE-2016-6210: OpenSSH told by its answers, and by the time of them, which
 * names exist. Here the unknown, the disabled and those with another key are refused in the same
 * time, with the directory quick, slow and away; that the answers are the same is in
 * RefusedLoginIT.
 */
@Isolated("it measures time")
final class EnumerationIT {
  private static final int TRIES = 15;

  /** What tells people apart does so each time; what else a busy machine does, does not. */
  private static final int ROUNDS = 3;

  /** Refusals are sent in steps, each twice as long as the one before. */
  private static final double LESS_THAN_A_STEP = 1.5;

  /** A person, somebody disabled, nobody, and what cannot be anybody. */
  private static final List<String> NAMES = List.of("alice", "eve", "nobody", "NO BODY");

  @ParameterizedTest
  @CsvSource({"0, true", "50, true", "0, false", "50, false"})
  void refusal_whoeverIsMeant_takesTheSameTime(int delayMillis, boolean available) {
    try (var gateway =
        StagedGateway.start(
            "gateway: {port: 0}", People.of("alice", "mallory").addDisabled("eve"))) {
      gateway.people().setDelay(Duration.ofMillis(delayMillis));
      gateway.people().setAvailable(available);
      var rounds = new ArrayList<Map<String, Long>>();
      while (rounds.size() < ROUNDS && rounds.stream().noneMatch(EnumerationIT::isAlike)) {
        rounds.add(medians(gateway));
      }
      assertThat(rounds).as("medians in ms").anyMatch(EnumerationIT::isAlike);
    }
  }

  private static boolean isAlike(Map<String, Long> medians) {
    return Collections.max(medians.values()) < LESS_THAN_A_STEP * Collections.min(medians.values());
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
