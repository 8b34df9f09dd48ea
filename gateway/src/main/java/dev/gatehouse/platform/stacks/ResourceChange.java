package dev.gatehouse.platform.stacks;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.FieldChange;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to one resource of a stack.
 *
 * @param id within the template
 * @param type such as {@code AWS::EKS::Cluster}
 * @param fields properties that differ, as far as they are known
 * @param note what else there is to say, in a few words
 * @param refusal why it is not done; nothing of the stack is then
 */
public record ResourceChange(
    String id,
    String type,
    Action action,
    List<FieldChange> fields,
    Optional<String> note,
    Optional<Failure> refusal) {

  public enum Action {
    CREATE,
    CHANGE,
    /** Made anew, and then the old one is deleted. */
    REPLACE,
    DELETE
  }
}
