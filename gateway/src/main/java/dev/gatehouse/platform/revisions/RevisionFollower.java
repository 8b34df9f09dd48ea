package dev.gatehouse.platform.revisions;

import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the ConfigMap and tells what it says. The watch only wakes a thread of this, which asks:
 * so what is told is never older than what was told before, in whatever order events come. The
 * current revision is told once more when somebody asks for another try ({@link TryAgain}).
 */
final class RevisionFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RevisionFollower.class);

  /** After a question that got no answer; a watch that is back wakes it sooner. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Semaphore changes = new Semaphore(0);

  /** Somebody has asked for another try since the last telling. */
  private final AtomicBoolean isAskedAgain = new AtomicBoolean();

  private final Supplier<Optional<Revision>> current;
  private final Consumer<Revision> follower;
  private final SharedIndexInformer<ConfigMap> informer;
  private final Thread teller;

  RevisionFollower(
      Resource<ConfigMap> watched,
      Supplier<Optional<Revision>> current,
      Consumer<Revision> follower) {
    this.current = current;
    this.follower = follower;
    informer =
        watched
            .runnableInformer(0)
            .addEventHandler(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap added) {
                    changes.release();
                  }

                  @Override
                  public void onUpdate(ConfigMap before, ConfigMap now) {
                    if (!TryAgain.of(now).equals(TryAgain.of(before))) {
                      isAskedAgain.set(true);
                    }
                    changes.release();
                  }

                  @Override
                  public void onDelete(ConfigMap gone, boolean finalStateUnknown) {
                    LOG.warn("[definition-missing] the ConfigMap of the definition was deleted");
                  }
                });
    informer.exceptionHandler(
        (_, e) -> {
          LOG.warn(
              "[definition-watch] the definition cannot be watched now; trying again: {}",
              Quote.plain(String.valueOf(e.getMessage())));
          return true;
        });
    teller = Thread.ofVirtual().name("definition-revisions").start(this::tell);
    var _ = informer.start();
  }

  private void tell() {
    var told = 0L;
    try {
      changes.acquire();
      while (true) {
        changes.drainPermits();
        var again = isAskedAgain.getAndSet(false);
        try {
          var now = current.get().filter(atLeast(again ? told : told + 1));
          if (now.isPresent()) {
            told = now.get().number();
            follower.accept(now.get());
          }
          changes.acquire();
        } catch (FailureException e) {
          LOG.warn("[definition-unavailable] {}", e.getMessage());
          if (again) {
            isAskedAgain.set(true);
          }
          var _ = changes.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the store is closed", e);
    }
  }

  private static Predicate<Revision> atLeast(long number) {
    return revision -> revision.number() >= number;
  }

  @Override
  public void close() {
    informer.stop();
    teller.interrupt();
  }
}
