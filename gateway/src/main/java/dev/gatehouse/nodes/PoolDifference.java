package dev.gatehouse.nodes;

import dev.gatehouse.failure.Failure;
import java.util.Optional;

/**
 * One thing that an engine would change of a pool.
 *
 * @param field the key of the definition, such as {@code max}
 * @param before empty if there was none
 * @param after empty if there will be none
 * @param replaces whether nodes are made anew for it, with what runs on them
 * @param refusal why the engine would refuse it, known before it is asked; for {@code gatehouse
 *     plan}, and so that a half-done change cannot come of it
 */
public record PoolDifference(
    String field,
    Optional<String> before,
    Optional<String> after,
    boolean replaces,
    Optional<Failure> refusal) {

  public static PoolDifference of(String field, String before, String after) {
    return new PoolDifference(
        field,
        Optional.of(before).filter(text -> !text.isEmpty()),
        Optional.of(after).filter(text -> !text.isEmpty()),
        false,
        Optional.empty());
  }

  public PoolDifference replacing() {
    return new PoolDifference(field, before, after, true, refusal);
  }

  public PoolDifference refused(Failure why) {
    return new PoolDifference(field, before, after, replaces, Optional.of(why));
  }
}
