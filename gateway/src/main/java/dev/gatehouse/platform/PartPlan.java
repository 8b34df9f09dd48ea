package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to one part.
 *
 * @param changes in the order of the part's objects; what is deleted comes last
 * @param unfinished why the part is to be applied although no object differs, such as that an
 *     earlier apply did not end
 */
public record PartPlan(Part part, List<ObjectChange> changes, Optional<String> unfinished) {
  public boolean isEmpty() {
    return changes.isEmpty() && unfinished.isEmpty();
  }

  /** Why it cannot be done, if so. */
  public List<Failure> refusals() {
    return changes.stream().flatMap(c -> c.refusal().stream()).toList();
  }
}
