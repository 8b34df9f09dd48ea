package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to one object.
 *
 * @param fields those that differ; empty for what is created or deleted
 * @param note why, in a few words
 * @param refusal why it cannot be done; nothing of the part is then
 */
public record ObjectChange(
    ObjectKey object,
    Action action,
    List<FieldChange> fields,
    Optional<String> note,
    Optional<Failure> refusal) {

  public enum Action {
    CREATE,
    CHANGE,
    /** Deleted and made anew, since the API server does not let a field of it be changed. */
    REPLACE,
    DELETE
  }

  static ObjectChange create(ObjectKey object) {
    return new ObjectChange(object, Action.CREATE, List.of(), Optional.empty(), Optional.empty());
  }

  static ObjectChange change(ObjectKey object, List<FieldChange> fields) {
    return new ObjectChange(object, Action.CHANGE, fields, Optional.empty(), Optional.empty());
  }

  static ObjectChange delete(ObjectKey object) {
    return new ObjectChange(object, Action.DELETE, List.of(), Optional.empty(), Optional.empty());
  }

  ObjectChange as(Action other, String why) {
    return new ObjectChange(object, other, fields, Optional.of(why), refusal);
  }

  ObjectChange noted(String why) {
    return as(action, why);
  }

  ObjectChange refused(Failure why) {
    return new ObjectChange(object, action, fields, note, Optional.of(why));
  }
}
