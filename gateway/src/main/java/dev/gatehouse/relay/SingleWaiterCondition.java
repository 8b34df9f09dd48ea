package dev.gatehouse.relay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one thread waits for something that the relay's lock guards. To wait on the lock itself
 * would wake the threads of all channels for each packet of one.
 */
final class SingleWaiterCondition {
  private final Object lock;
  private @Nullable Thread waiting;

  SingleWaiterCondition(Object lock) {
    this.lock = lock;
  }

  /**
   * Waits until there is an answer. Comes without the lock.
   *
   * @param look asked with the lock held; null is no answer yet
   */
  <T> T await(Supplier<@Nullable T> look) {
    while (true) {
      synchronized (lock) {
        var answer = look.get();
        if (answer != null) {
          waiting = null;
          return answer;
        }
        waiting = Thread.currentThread();
      }
      LockSupport.park(this);
    }
  }

  /** There may be an answer now. Comes with the lock. */
  void signal() {
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }
}
