package dev.gatehouse.bench;

import java.util.ArrayList;
import org.apache.sshd.client.session.ClientSession;

/** What one more connection with a shell costs while nothing passes. */
record MemoryRow(int connections, double goal) implements Row {
  @Override
  public String name() {
    return "memory of an idle connection, of %d".formatted(connections);
  }

  @Override
  public String unit() {
    return "KB";
  }

  @Override
  public boolean more() {
    return false;
  }

  @Override
  public int rounds() {
    return 3;
  }

  @Override
  public Sample run(Contender contender) throws Exception {
    var sessions = new ArrayList<ClientSession>();
    try (var load = new Load()) {
      var before = contender.memory();
      for (var i = 0; i < connections; i++) {
        var session = load.login(contender.door());
        var _ = load.hold(contender, session);
        sessions.add(session);
      }
      var each = (contender.memory() - before) / 1e3 / connections;
      sessions.forEach(s -> s.close(true));
      return Sample.of(each);
    }
  }
}
