package dev.gatehouse.platform.stacks;

import dev.gatehouse.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to one resource of a stack.
 *
 * @param id within the template
 * @param type such as {@code AWS::EKS::Cluster}
 * @param properties those that differ, as far as they are known
 * @param note what else there is to say, in a few words
 * @param refusal why it is not done; nothing of the stack is then
 */
public record ResourceChange(
    String id,
    String type,
    Action action,
    List<Property> properties,
    Optional<String> note,
    Optional<Failure> refusal) {

  /**
   * A property whose value differs.
   *
   * @param before absent if it is added
   * @param after absent if it goes
   */
  public record Property(String path, Optional<String> before, Optional<String> after) {}

  public enum Action {
    CREATE,
    CHANGE,
    /** Made anew, and then the old one is deleted. */
    REPLACE,
    DELETE
  }
}
