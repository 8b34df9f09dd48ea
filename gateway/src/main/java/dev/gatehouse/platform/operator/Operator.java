package dev.gatehouse.platform.operator;

import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.FailureException;
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

  /** So that the longest retry is as rare as a look for drift. */
  private static final int MOST_FAILURES = 7;

  private final Reconciliation reconciliation;
  private final OperatorMetrics metrics;
  private final Waits waits;
  private final RandomGenerator random;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock. */
  private @Nullable Revision newest;

  /** Guarded by the lock: the newest was not looked at yet, or it is time to stop. */
  private boolean isWoken;

  /**
   * @param store stays the caller's
   * @param waits ends with this
   */
  Operator(
      Reconciliation reconciliation,
      OperatorMetrics metrics,
      DefinitionStore store,
      Waits waits,
      RandomGenerator random) {
    this.reconciliation = reconciliation;
    this.metrics = metrics;
    this.waits = waits;
    this.random = random;
    this.thread = Thread.ofPlatform().name("operator").unstarted(this::run);
    store.follow(this::take);
  }

  void start() {
    thread.start();
  }

  /** Ends after the part that is being applied; the next operator does the rest. */
  @Override
  public void close() {
    waits.end();
    wake();
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
        waits.overtake();
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      isWoken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var failures = 0;
    try {
      while (true) {
        var revision = next(failures == 0 ? DRIFT : backOff(failures));
        failures = isDone(revision) ? 0 : Math.min(failures + 1, MOST_FAILURES);
      }
    } catch (InterruptedException e) {
      LOG.info("[operator-stops] between two parts");
    }
  }

  private boolean isDone(Revision revision) throws InterruptedException {
    metrics.begins();
    try {
      var isDone = reconciliation.run(revision, waits::check);
      metrics.pass(isDone);
      return isDone;
    } catch (Waits.Overtaken e) {
      LOG.info("[operator-overtaken] a newer revision than {} has come", revision.number());
      return false;
    } catch (FailureException e) {
      LOG.warn("[operator-cannot-look] it tries again: {}", e.failure().line());
      metrics.pass(false);
      return false;
    } catch (RuntimeException e) {
      LOG.error("[operator-broken] revision {} was not made so", revision.number(), e);
      metrics.pass(false);
      return false;
    }
  }

  /** Between half and one and a half of a time that doubles with each failure. */
  Duration backOff(int failures) {
    var usual = FIRST_RETRY.multipliedBy(1L << (failures - 1));
    return Duration.ofMillis((long) (usual.toMillis() * (0.5 + random.nextDouble())));
  }

  /** Waits for something new, and no longer than that. */
  private Revision next(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (newest == null && !isWoken) {
        changed.await();
      }
      var left = longest.toNanos();
      while (!isWoken && left > 0) {
        left = changed.awaitNanos(left);
      }
      waits.check();
      waits.begin();
      isWoken = false;
      if (newest == null) {
        throw new IllegalStateException("nothing else wakes it");
      }
      return newest;
    } finally {
      lock.unlock();
    }
  }
}
