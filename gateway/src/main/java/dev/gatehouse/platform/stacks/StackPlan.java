package dev.gatehouse.platform.stacks;

import dev.gatehouse.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to one stack.
 *
 * @param changes by resource
 * @param unfinished why the stack is to be applied although not all changes are known, such as that
 *     an earlier apply has not ended
 * @param refusal why nothing can be done to it
 */
public record StackPlan(
    List<ResourceChange> changes, Optional<String> unfinished, Optional<Failure> refusal) {
  public static final StackPlan NOTHING = of(List.of());

  public static StackPlan of(List<ResourceChange> changes) {
    return new StackPlan(changes, Optional.empty(), Optional.empty());
  }

  public static StackPlan unfinished(String why) {
    return new StackPlan(List.of(), Optional.of(why), Optional.empty());
  }

  public static StackPlan refused(Failure why) {
    return new StackPlan(List.of(), Optional.empty(), Optional.of(why));
  }
}
