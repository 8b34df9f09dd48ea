package dev.gatehouse.server;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.Unapplied;
import dev.gatehouse.console.InForce;
import java.util.List;
import java.util.Optional;

/** A live definition, as the console shows it. */
record DefinitionInForce(LiveDefinition definition) implements InForce {
  @Override
  public long revision() {
    return definition.revision();
  }

  @Override
  public List<Unapplied> unapplied() {
    return definition.unapplied();
  }

  @Override
  public List<String> restartNeeded() {
    return definition.restartNeeded();
  }

  @Override
  public Optional<String> refused() {
    return definition.refused();
  }
}
