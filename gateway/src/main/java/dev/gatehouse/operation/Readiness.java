package dev.gatehouse.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether people should be sent to this gateway. What it needs must have answered once: later a
 * directory or an API server that is away makes all gateways equally blind, and a load balancer
 * that takes all of them out would also cut off those who could still work.
 */
public final class Readiness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** What has not answered yet, and how it is asked. */
  private final Map<String, BooleanSupplier> missing = new ConcurrentHashMap<>();

  private final List<Thread> askers = new ArrayList<>();
  private volatile Optional<String> closed = Optional.of("starting");

  /**
   * Asks until the answer is yes, on a thread of its own.
   *
   * @param what such as {@code the directory}
   */
  public synchronized void require(String what, BooleanSupplier answers) {
    missing.put(what, answers);
    askers.add(Thread.ofVirtual().name("readiness").start(() -> ask(what, answers)));
  }

  /** It accepts. */
  public void open() {
    closed = Optional.empty();
  }

  /** It is on its way out. */
  public void drain() {
    closed = Optional.of("draining");
  }

  /** Why nobody should be sent here; empty if everybody may. */
  public Optional<String> objection() {
    return closed.or(
        () -> missing.keySet().stream().sorted().findFirst().map(w -> w + " has not answered yet"));
  }

  @Override
  public synchronized void close() {
    askers.forEach(Thread::interrupt);
  }

  private void ask(String what, BooleanSupplier answers) {
    try {
      while (!answers.getAsBoolean()) {
        Thread.sleep(PAUSE);
      }
      missing.remove(what);
    } catch (InterruptedException e) {
      LOG.debug("the gateway closes");
    } catch (RuntimeException e) {
      LOG.error("[readiness-broken] {} cannot be asked, and the gateway stays unready", what, e);
    }
  }
}
