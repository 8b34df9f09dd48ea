package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Many people at once. */
final class Crowd implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final int PROGRESS = 1000;

  /** What each does after the login, {@link LightClient#read} at its end if it reads at all. */
  interface Opening {
    void open(LightClient client) throws IOException;
  }

  private final String name;
  private final Contender.Door door;
  private final LightKey key;
  private final Opening opening;
  private final Queue<LightClient> clients = new ConcurrentLinkedQueue<>();

  /**
   * @param name what is told while they come
   */
  Crowd(String name, Contender.Door door, Opening opening) {
    this.name = name;
    this.door = door;
    this.key = LightKey.read(door.identity());
    this.opening = opening;
  }

  /** Lets more of them come, until there are so many. */
  void growTo(int count) throws Exception {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var work = new ArrayList<Callable<Void>>();
      for (var i = clients.size(); i < count; i++) {
        var number = i + 1;
        work.add(() -> come(number));
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }

  /** One more, who is not counted. */
  LightClient come(Opening own) throws IOException {
    var client = LightClient.login(door.port(), door.login(), key);
    own.open(client);
    return client;
  }

  /** Those who are there. */
  List<LightClient> clients() {
    return List.copyOf(clients);
  }

  /** Fails if anybody has been sent away. */
  void checkAllAreThere() {
    var gone = clients.stream().filter(LightClient::hasEnded).count();
    if (gone > 0) {
      throw new AssertionError(
          "%d of %d connections have ended at %s".formatted(gone, clients.size(), name));
    }
  }

  /** All leave. */
  void leave() {
    clients.forEach(LightClient::close);
    clients.clear();
  }

  @Override
  public void close() {
    leave();
  }

  @SuppressWarnings("SystemOut")
  private Void come(int number) throws IOException {
    var client = come(opening);
    clients.add(client);
    if (number % PROGRESS == 0) {
      System.out.printf("%s: %d connections%n", name, number);
    }
    return null;
  }
}
