package dev.gatehouse.platform;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.revisions.RevisionObjects;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a person's text the definition, where the gateways and the operator find it. */
final class DefinitionEngine implements Engine<DefinitionPart> {
  private final LiveObjects live;
  private final DefinitionStore store;
  private final ObjectKey place;
  private final Author author;

  /**
   * @param namespace of the gateways
   * @param author who applies
   */
  DefinitionEngine(LiveObjects live, DefinitionStore store, String namespace, Author author) {
    this.live = live;
    this.store = store;
    this.place = new ObjectKey("v1", "ConfigMap", namespace, RevisionObjects.NAME);
    this.author = author;
  }

  @Override
  public PartPlan plan(DefinitionPart part) {
    if (!isThere()) {
      return new PartPlan(part, List.of(ObjectChange.create(place)), Optional.empty());
    }
    var current = store.current();
    if (current.text().equals(part.text())) {
      return new PartPlan(part, List.of(), Optional.empty());
    }
    var change =
        ObjectChange.change(place, DefinitionTexts.between(current.text(), part.text()))
            .noted(replaced(current));
    return new PartPlan(part, List.of(change), Optional.empty());
  }

  @Override
  public void apply(DefinitionPart part, PartPlan plan, Consumer<String> waits) {
    if (!plan.isEmpty()) {
      var base = isThere() ? store.current() : null;
      if (base == null || !base.text().equals(part.text())) {
        var _ = store.change(base == null ? 0 : base.number(), part.text(), author);
      }
    }
  }

  private boolean isThere() {
    return live.get(place).filter(c -> Trees.at(c.tree(), "data").isPresent()).isPresent();
  }

  /**
   * Who is overruled should be seen: the file may be older than what was changed in the console.
   */
  private static String replaced(Revision current) {
    return "replaces revision %d, by %s (%s) at %s"
        .formatted(
            current.number(), current.author().who(), current.author().from(), current.when());
  }
}
