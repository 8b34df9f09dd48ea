package dev.gatehouse.bench;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.testkit.Poll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many sessions in which somebody always types or reads: each sends 1 KB twenty times a second and
 * gets it back. The latency counts from the moment at which a message was due, so that a late
 * generator makes nothing look better.
 */
final class BusyPart implements Part {
  private static final List<Integer> SESSIONS = List.of(50, 250, 500);
  private static final int BYTES = 1000;
  private static final long INTERVAL = 50_000_000; // ns
  private static final int WARM_UP = 100; // intervals
  private static final int MEASURED = 200; // intervals

  /**
   * What was seen.
   *
   * @param gateway its CPU, as a part of one core
   * @param load that of the clients and of the target
   * @param p50 in milliseconds
   */
  private record Seen(int sessions, double gateway, double load, double p50, double p99) {}

  @Override
  public String name() {
    return "busy sessions of 20 KB/s";
  }

  @Override
  public Outcome measure() throws Exception {
    try (var target = new LightTarget();
        var gateway = new GatewayUnderTest(target)) {
      var through = new ArrayList<Seen>();
      var direct = new ArrayList<Seen>();
      for (var sessions : SESSIONS) {
        through.add(measure(gateway, target, gateway.door(), sessions));
        var own = new Contender.Door(target.port(), "person", gateway.door().identity());
        direct.add(measure(gateway, target, own, sessions));
      }
      return new Outcome(rows(through), List.of(remark(through, direct)));
    }
  }

  private List<String> rows(List<Seen> seen) {
    var few = seen.getFirst();
    var many = seen.getLast();
    var times = (double) many.sessions() / few.sessions();
    return List.of(
        grown("CPU", many.gateway() / few.gateway(), times, few, many),
        grown("p99", many.p99() / few.p99(), times, few, many));
  }

  private String grown(String what, double growth, double times, Seen few, Seen many) {
    return Cells.alone(
        "%d %s, %s against %d".formatted(many.sessions(), name(), what, few.sessions()),
        "×%.1f".formatted(growth),
        "≤ ×%.0f".formatted(times),
        growth <= times);
  }

  private String remark(List<Seen> through, List<Seen> direct) {
    return "%s: %s. Without the gateway: %s."
        .formatted(
            name(),
            through.stream()
                .map(
                    s ->
                        "%d: gateway %.0f %% of a core (clients and target %.0f %%), p50 %.2f ms, p99 %.2f ms"
                            .formatted(
                                s.sessions(), s.gateway() * 100, s.load() * 100, s.p50(), s.p99()))
                .collect(joining("; ")),
            direct.stream()
                .map(s -> "%d: p50 %.2f ms, p99 %.2f ms".formatted(s.sessions(), s.p50(), s.p99()))
                .collect(joining("; ")));
  }

  private static Seen measure(
      GatewayUnderTest gateway, LightTarget target, Contender.Door door, int sessions)
      throws Exception {
    var latencies = new Latencies(sessions * MEASURED);
    try (var crowd = new Crowd("busy", door, client -> open(client, latencies))) {
      crowd.growTo(sessions);
      send(crowd.clients(), WARM_UP);
      latencies.begin();
      var began = System.nanoTime();
      var gatewayCpu = gateway.cpuSeconds();
      var loadCpu = load(target);
      send(crowd.clients(), MEASURED);
      var seconds = (System.nanoTime() - began) / 1e9;
      var gatewayUsed = gateway.cpuSeconds() - gatewayCpu;
      var loadUsed = load(target) - loadCpu;
      crowd.checkAllAreThere();
      latencies.awaitAll();
      return new Seen(
          sessions,
          gatewayUsed / seconds,
          loadUsed / seconds,
          latencies.millis(50),
          latencies.millis(99));
    }
  }

  private static void open(LightClient client, Latencies latencies) throws IOException {
    client.shell();
    client.read(latencies::add);
  }

  /** Everybody in turn, spread over the interval. */
  private static void send(List<LightClient> clients, int intervals) throws IOException {
    var message = ByteBuffer.allocate(BYTES);
    var began = System.nanoTime();
    for (var i = 0; i < intervals; i++) {
      for (var k = 0; k < clients.size(); k++) {
        var due = began + i * INTERVAL + k * INTERVAL / clients.size();
        for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        clients.get(k).write(message.putLong(0, due).array());
      }
    }
  }

  private static double load(LightTarget target) {
    return Proc.cpuSeconds(ProcessHandle.current().pid()) + Proc.cpuSeconds(target.pid());
  }

  /** Of all sessions together, in the order in which the answers come. */
  private static final class Latencies {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();
    private volatile long since = Long.MAX_VALUE;

    Latencies(int most) {
      nanos = new long[most];
    }

    /** Messages due before do not count. */
    void begin() {
      since = System.nanoTime();
    }

    /** Those whose begin was cut off do not count: none is, since messages pass whole. */
    void add(ByteBuffer message) {
      if (message.remaining() == BYTES && message.getLong(0) - since >= 0) {
        var at = count.getAndIncrement();
        if (at < nanos.length) {
          nanos[at] = System.nanoTime() - message.getLong(0);
        }
      }
    }

    /** The last are still on their way. */
    void awaitAll() {
      Poll.until(
          () -> "all of %d messages are back: %d".formatted(nanos.length, count.get()),
          Poll.PATIENCE,
          () -> count.get() >= nanos.length);
    }

    double millis(int percentile) {
      var sorted = nanos.clone();
      Arrays.sort(sorted);
      return sorted[(int) ((sorted.length - 1L) * percentile / 100)] / 1e6;
    }
  }
}
