package dev.gatehouse.platform.operator;

import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each new revision so, and looks every ten minutes whether that has changed. What fails is
 * tried again, after a time that grows and is never the same for two operators. One thread does all
 * of it.
 */
final class Operator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
  private static final Duration DRIFT = Duration.ofMinutes(10);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 7;

  private final Reconciliation reconciliation;
  private final OperatorMetrics metrics;
  private final RandomGenerator random;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock. */
  private @Nullable Revision newest;

  /** Guarded by the lock: somebody has something new. */
  private boolean isWoken;

  /** Guarded by the lock. */
  private boolean isStopping;

  /**
   * @param store stays the caller's
   */
  Operator(
      Reconciliation reconciliation,
      OperatorMetrics metrics,
      DefinitionStore store,
      RandomGenerator random) {
    this.reconciliation = reconciliation;
    this.metrics = metrics;
    this.random = random;
    this.thread = Thread.ofPlatform().name("operator").unstarted(this::run);
    store.follow(this::take);
  }

  void start() {
    thread.start();
  }

  /** Lets time pass, unless it is to stop. */
  void pause(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = time.toNanos();
      while (left > 0 && !isStopping) {
        left = changed.awaitNanos(left);
      }
      if (isStopping) {
        throw new InterruptedException();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the part that is being applied; the next operator does the rest. */
  @Override
  public void close() {
    lock.lock();
    try {
      isStopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An older revision than one that was told is a delayed answer. */
  private void take(Revision revision) {
    lock.lock();
    try {
      if (newest == null || revision.number() >= newest.number()) {
        newest = revision;
        isWoken = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var failures = 0;
    try {
      while (true) {
        var revision = next(failures == 0 ? DRIFT : backOff(failures));
        failures = isDone(revision) ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
      }
    } catch (InterruptedException e) {
      LOG.info("[operator-stops] between two parts");
    }
  }

  private boolean isDone(Revision revision) throws InterruptedException {
    try {
      var isDone = reconciliation.run(revision, this::requireRunning);
      metrics.pass(isDone);
      return isDone;
    } catch (RuntimeException e) {
      LOG.error("[operator-broken] revision {} was not made so", revision.number(), e);
      metrics.pass(false);
      return false;
    }
  }

  /** Between half and one and a half of the time that doubles each time. */
  private Duration backOff(int failures) {
    var most = FIRST_RETRY.multipliedBy(1L << (failures - 1));
    return Duration.ofMillis((long) (most.toMillis() * (0.5 + random.nextDouble())));
  }

  private Revision next(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = longest.toNanos();
      while (!isStopping && (newest == null || (!isWoken && left > 0))) {
        if (newest == null) {
          changed.await();
        } else {
          left = changed.awaitNanos(left);
        }
      }
      if (isStopping || newest == null) {
        throw new InterruptedException();
      }
      isWoken = false;
      return newest;
    } finally {
      lock.unlock();
    }
  }

  private void requireRunning() throws InterruptedException {
    lock.lock();
    try {
      if (isStopping) {
        throw new InterruptedException();
      }
    } finally {
      lock.unlock();
    }
  }
}
