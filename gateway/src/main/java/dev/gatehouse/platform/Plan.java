package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.ObjectChange.Action;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way from what is there to what should be there.
 *
 * @param parts all of them, in the order in which they are applied, also those without a change
 */
public record Plan(List<PartPlan> parts) {
  public static final Plan NOTHING = new Plan(List.of());

  /** Returns this, and behind it another one. */
  public Plan then(Plan other) {
    return new Plan(Stream.concat(parts.stream(), other.parts().stream()).toList());
  }

  public boolean isEmpty() {
    return parts.stream().allMatch(PartPlan::isEmpty);
  }

  /** Why it cannot be carried out, if so. */
  public List<Failure> refusals() {
    return parts.stream().flatMap(p -> p.refusals().stream()).toList();
  }

  public long count(Action action) {
    return parts.stream()
        .flatMap(p -> p.changes().stream())
        .filter(c -> c.action() == action)
        .count();
  }

  /** What it does to people, in whole sentences; empty if they notice nothing. */
  public List<String> effects() {
    return parts.stream().flatMap(p -> p.changes().stream()).flatMap(Restarts::of).toList();
  }
}
