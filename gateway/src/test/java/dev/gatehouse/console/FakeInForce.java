package dev.gatehouse.console;

import dev.gatehouse.cluster.InForceAfter.What;
import dev.gatehouse.cluster.Unapplied;
import java.util.List;
import java.util.Optional;

/** A definition in whatever state the test says. */
public record FakeInForce(long revision, List<Unapplied> unapplied, Optional<String> refused)
    implements InForce {
  @Override
  public List<String> restartNeeded() {
    return unapplied.stream().filter(u -> u.after() == What.RESTART).map(Unapplied::key).toList();
  }
}
