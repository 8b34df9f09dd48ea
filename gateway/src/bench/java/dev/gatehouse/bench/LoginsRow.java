package dev.gatehouse.bench;

import dev.gatehouse.testkit.Poll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Connections that come so far that they are logged in.
 *
 * @param clients how many come at once
 * @param cpu whether the CPU of one is measured, which no load generator bounds, or their rate
 */
record LoginsRow(int clients, boolean cpu, double goal) implements Row {
  private static final int LOGINS = 40;

  @Override
  public String name() {
    return (cpu ? "CPU of a login, " : "logins, ")
        + (clients == 1 ? "1 client" : clients + " clients at once");
  }

  @Override
  public String unit() {
    return cpu ? "ms" : "1/s";
  }

  @Override
  public boolean more() {
    return !cpu;
  }

  @Override
  public Sample run(Contender contender) throws Exception {
    var each = clients == 1 ? LOGINS : LOGINS / 4;
    var key = LightKey.read(contender.door().identity());
    var used = contender.cpuSeconds();
    var began = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(clients)) {
      var work = new ArrayList<Callable<Void>>();
      for (var i = 0; i < clients; i++) {
        work.add(() -> logIn(contender.door(), key, each));
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    Poll.until("the connections have ended", contender::isIdle);
    var logins = clients * each;
    return Sample.of(cpu ? (contender.cpuSeconds() - used) * 1e3 / logins : logins / seconds);
  }

  private static Void logIn(Contender.Door door, LightKey key, int times) throws IOException {
    for (var i = 0; i < times; i++) {
      LightClient.login(door.port(), door.login(), key).close();
    }
    return null;
  }
}
