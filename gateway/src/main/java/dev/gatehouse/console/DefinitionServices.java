package dev.gatehouse.console;

import dev.gatehouse.cluster.edit.DefinitionValues;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.failure.UserError;
import java.util.List;
import java.util.Optional;

/**
 * What commands need that change the definition.
 *
 * @param store its text, to be read and changed
 * @param operator empty where there is no cluster to be made so
 */
public record DefinitionServices(
    DefinitionStore store, InForce inForce, Optional<OperatorStatus> operator, Drafts drafts) {
  /** Returns where things stand in the text; none if it is broken. */
  List<ValuePath> keys() {
    try {
      return DefinitionValues.of(store.current().text()).keys();
    } catch (UserError e) {
      return List.of();
    }
  }
}
