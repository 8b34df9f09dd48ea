package dev.gatehouse.scheduling;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is done every so often, on a thread of its own; one failure is not the end. */
public final class PeriodicTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  private final String name;
  private final Supplier<Duration> pause;
  private final Runnable work;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;

  private PeriodicTask(String name, Supplier<Duration> pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /** Begins at once. */
  public static PeriodicTask every(Supplier<Duration> pause, String name, Runnable work) {
    return new PeriodicTask(name, pause, work);
  }

  /** Does it now, or once more when it is being done now, and does not wait for it. */
  public void soon() {
    wanted.release();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        wanted.drainPermits();
        round();
        var _ = wanted.tryAcquire(pause.get().toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", name);
    }
  }

  private void round() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("[duty-broken] a round of {} failed; there will be others", name, e);
    }
  }
}
