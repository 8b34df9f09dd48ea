package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * How many connections a second come so far that they are logged in, by so many clients at once.
 */
record LoginsRow(int clients, double goal) implements Row {
  private static final int EACH = 40;

  @Override
  public String name() {
    return "logins, %d client%s".formatted(clients, clients == 1 ? "" : "s at once");
  }

  @Override
  public String unit() {
    return "1/s";
  }

  @Override
  public boolean more() {
    return true;
  }

  @Override
  public Sample run(Contender contender) throws Exception {
    var each = Math.max(4, EACH / clients);
    try (var load = new Load();
        var threads = Executors.newFixedThreadPool(clients)) {
      var work = new ArrayList<Callable<Void>>();
      for (var i = 0; i < clients; i++) {
        work.add(() -> logIn(load, contender, each));
      }
      var began = System.nanoTime();
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
      return Sample.of(clients * each / ((System.nanoTime() - began) / 1e9));
    }
  }

  private static Void logIn(Load load, Contender contender, int times) throws Exception {
    for (var i = 0; i < times; i++) {
      load.login(contender.door()).close(true);
    }
    return null;
  }
}
