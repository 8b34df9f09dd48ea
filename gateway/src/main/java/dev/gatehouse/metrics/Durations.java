package dev.gatehouse.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** How long things took, kept until the next scrape; if none comes, the first ones only. */
public final class Durations {
  private static final int MOST = 10_000;

  private final BlockingQueue<Duration> waiting = new ArrayBlockingQueue<>(MOST);

  public void add(Duration duration) {
    var _ = waiting.offer(duration);
  }

  List<Duration> take() {
    var all = new ArrayList<Duration>();
    waiting.drainTo(all);
    return all;
  }
}
