package dev.gatehouse.testkit;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionFailures;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A definition's text in memory. */
public final class MemoryDefinitionStore implements DefinitionStore {
  private final InstantSource clock;
  private final List<Revision> revisions = new ArrayList<>();
  private final List<Consumer<Revision>> followers = new ArrayList<>();
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("definition").factory());

  public MemoryDefinitionStore(String text, InstantSource clock) {
    this.clock = clock;
    var nobody = new Author("root", "gatehouse apply", Optional.empty());
    revisions.add(new Revision(1, text, clock.instant(), nobody));
  }

  @Override
  public synchronized Revision current() {
    return revisions.getLast();
  }

  @Override
  public synchronized List<Revision> history() {
    return List.copyOf(revisions.reversed());
  }

  @Override
  public synchronized Revision change(long base, String text, Author author) {
    if (current().number() != base) {
      throw DefinitionFailures.conflict(base, current());
    }
    var next = new Revision(base + 1, text, clock.instant(), author);
    revisions.add(next);
    if (revisions.size() > KEPT) {
      revisions.removeFirst();
    }
    followers.forEach(f -> tell(f, next));
    return next;
  }

  @Override
  public synchronized void follow(Consumer<Revision> follower) {
    followers.add(follower);
    tell(follower, current());
  }

  private void tell(Consumer<Revision> follower, Revision revision) {
    teller.execute(() -> follower.accept(revision));
  }

  @Override
  public void close() {
    teller.shutdownNow();
  }
}
