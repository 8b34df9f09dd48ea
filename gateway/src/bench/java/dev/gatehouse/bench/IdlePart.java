package dev.gatehouse.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What connections cost that are logged in, each with a shell at a terminal, while nothing passes.
 * One gateway takes more and more of them; what it holds is read after a collection, and what it
 * held when the same code had run for people who have left again is taken off. Of the growth of its
 * PSS and that of its live objects the larger counts: a JVM that has kept the memory of garbage
 * seems to pay nothing for what takes its place.
 */
final class IdlePart implements Part {
  static final int MOST = Integer.getInteger("bench.idle", 10_000);
  private static final List<Integer> STEPS =
      Stream.of(100, 1000, MOST).filter(step -> step <= MOST).distinct().toList();

  /** More of the jump host's processes are no different, and this machine has to bear them. */
  private static final int MOST_JUMPED = 1000;

  private static final int WARM_UP = 300;
  private static final double GOAL = 1.0 / 20;
  private static final long GOAL_RSS = 1L << 30;

  /** What the gateway may hold for a client that takes nothing: limits.maxPendingBytes, twice. */
  private static final long GOAL_STALLED = 32 << 20;

  /** How long one that does not read is watched. */
  private static final Duration STALL = Duration.ofSeconds(10);

  private static final Duration FORGETTING = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Two sockets a connection, and those of everything else. */
  private static final int OTHER_FILES = 300;

  private static final double KB = 1e3;
  private static final double MB = 1e6;

  private final List<String> rows = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * What there is at one moment.
   *
   * @param pss of all processes
   * @param live bytes of reachable objects; of the jump host 0
   */
  private record Footprint(int count, long pss, long live) {
    /** What each costs beyond those of an earlier moment without any. */
    double each(Footprint base) {
      return (double) Math.max(pss - base.pss, live - base.live) / count;
    }
  }

  /** The jump host's, with the cost of one. */
  private record Jumped(int count, double each) {}

  @Override
  public String name() {
    return "memory of idle connections";
  }

  @Override
  public Outcome measure() throws Exception {
    try (var target = new LightTarget()) {
      var jumped = jumped(target);
      try (var gateway = new GatewayUnderTest(target);
          var crowd = new Crowd(gateway.name(), gateway.door(), IdlePart::shell)) {
        measure(gateway, crowd, jumped);
      }
    }
    return new Outcome(rows, remarks);
  }

  /** The jump host first, since it does not fit beside everything else. */
  private static List<Jumped> jumped(LightTarget target) throws Exception {
    var jumped = new ArrayList<Jumped>();
    try (var jump = new JumpHost();
        var crowd = new Crowd(jump.name(), jump.door(), client -> tunnel(client, target))) {
      var base = new Footprint(0, jump.memory(), 0);
      for (var count : STEPS.stream().filter(step -> step <= MOST_JUMPED).toList()) {
        crowd.growTo(count);
        jumped.add(new Jumped(count, new Footprint(count, jump.memory(), 0).each(base)));
        crowd.checkAllAreThere();
      }
    }
    return jumped;
  }

  private void measure(GatewayUnderTest gateway, Crowd crowd, List<Jumped> jumped)
      throws Exception {
    crowd.growTo(WARM_UP);
    crowd.leave();
    awaitForgotten(gateway);
    var base = footprint(gateway, 0);
    for (var step : STEPS) {
      var count = Math.min(step, possible());
      var cpu = gateway.cpuSeconds();
      var more = count - crowd.clients().size();
      crowd.growTo(count);
      var login = (gateway.cpuSeconds() - cpu) / more * 1e3;
      var before = gateway.rss();
      var footprint = footprint(gateway, count);
      var rss = gateway.rss();
      crowd.checkAllAreThere();
      report(count, footprint.each(base), jumped);
      remarks.add(
          """
          %,d idle connections: the gateway's RSS is %.0f MB (%.0f MB before the collection); its PSS has \
          grown by %.1f KB and its live objects by %.1f KB a connection, from %.0f MB and %.0f MB; a login \
          with a shell cost it %.1f ms of CPU.\
          """
              .formatted(
                  count,
                  rss / MB,
                  before / MB,
                  (footprint.pss() - base.pss()) / KB / count,
                  (footprint.live() - base.live()) / KB / count,
                  base.pss() / MB,
                  base.live() / MB,
                  login));
      if (step == MOST) {
        total(count, Math.max(rss, before));
      }
    }
    stall(gateway, crowd);
  }

  private static Footprint footprint(GatewayUnderTest gateway, int count) {
    return new Footprint(count, gateway.memory(), Jvm.live(gateway.pid()));
  }

  private static void shell(LightClient client) throws IOException {
    client.shell();
    client.read(_ -> {});
  }

  private static void tunnel(LightClient client, LightTarget target) throws IOException {
    client.tunnel(target.port());
    client.read(_ -> {});
  }

  /** Beside as many of the jump host's, or the most that were measured. */
  private void report(int count, double each, List<Jumped> jumped) {
    var theirs =
        jumped.stream().filter(j -> j.count() == count).findFirst().orElse(jumped.getLast());
    var measured = theirs.count() == count ? "" : " (measured at %,d)".formatted(theirs.count());
    rows.add(
        Cells.compared(
            "memory of an idle connection, of %,d".formatted(count),
            "%.1f KB".formatted(each / KB),
            "%.0f KB%s".formatted(theirs.each() / KB, measured),
            each / theirs.each(),
            GOAL));
  }

  /** The largest RSS there was, as a container's limit would see it. */
  private void total(int count, long rss) {
    rows.add(
        Cells.alone(
            "RSS at %,d idle connections".formatted(count),
            "%.0f MiB".formatted(rss / (double) (1 << 20)),
            "≤ %d MiB".formatted(GOAL_RSS >> 20),
            rss <= GOAL_RSS));
  }

  /** Somebody among them asks for very much and takes nothing of it. */
  private void stall(GatewayUnderTest gateway, Crowd crowd) throws Exception {
    var before = gateway.memory();
    try (var _ = crowd.come(client -> client.exec("zeros"))) {
      Thread.sleep(STALL);
      var growth = gateway.memory() - before;
      crowd.checkAllAreThere();
      rows.add(
          Cells.alone(
              "a stalled reader beside %,d idle connections".formatted(crowd.clients().size()),
              "+%.1f MB".formatted(growth / MB),
              "≤ %.0f MB".formatted(GOAL_STALLED / MB),
              growth <= GOAL_STALLED));
    }
  }

  /** Of those who have left, timers may hold something for a while. To look costs the machine. */
  private static void awaitForgotten(GatewayUnderTest gateway) throws InterruptedException {
    var deadline = System.nanoTime() + FORGETTING.toNanos();
    while (Jvm.instances(gateway.pid(), "GatewaySession") > WARM_UP / 10) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the gateway does not forget those who have left");
      }
      Thread.sleep(LOOK);
    }
  }

  /** As many as this process and the gateway may have sockets for. */
  private static int possible() {
    return (Proc.mostFiles() - OTHER_FILES) / 2;
  }
}
