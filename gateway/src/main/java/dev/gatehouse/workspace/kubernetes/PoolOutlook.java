package dev.gatehouse.workspace.kubernetes;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport.Entry;
import dev.gatehouse.text.Plural;
import java.util.List;

/**
 * What may be expected of the pool that a workspace waits for a node of, in a person's words.
 *
 * @param others machine types that the person may use and that have room now
 */
record PoolOutlook(Entry pool, List<MachineTypeName> others) {
  static final String FULL = "pool-full";

  /** Whether a node may come that is not there yet. */
  boolean mayGrow() {
    return pool.makes() && !pool.isFull();
  }

  /** Whether it has all the nodes that it may have. */
  boolean isFull() {
    return pool.isFull();
  }

  /** Such as {@code a node of pool gpu}. */
  String node() {
    return "node of pool " + pool.name();
  }

  /**
   * Who makes the next node, how long that takes, and what is in the way; for the end of a
   * sentence.
   *
   * @param maker of whom an event tells; the one of the pool, if empty
   */
  String next(String maker) {
    var who = maker.isEmpty() ? pool.maker() : maker;
    return "%s %s it%s%s"
        .formatted(
            who,
            pool.makes() ? "makes" : "must make",
            pool.usualStart()
                .map(usual -> ", usually in %d s".formatted(usual.toSeconds()))
                .orElse(""),
            trouble());
  }

  /** What is wrong with the pool; empty if nothing is. */
  String trouble() {
    return pool.issues().isEmpty()
        ? ""
        : "; but "
            + pool.issues().stream().map(PoolIssue::sentence).distinct().collect(joining("; "));
  }

  /**
   * Why no node comes, and the ways out.
   *
   * @param lack what its nodes lack, as a sentence that begins with "none"
   */
  Failure full(String lack) {
    int most = pool.max().orElse(0);
    return new Failure.Unavailable(
        FULL,
        "pool %s has the %s that it may have%s: %san administrator lets it have more: gate pool scale %s --max %d"
            .formatted(
                pool.name(),
                Plural.of(most, "node"),
                most == 0 || lack.isEmpty() ? "" : ", and " + lack,
                others.isEmpty()
                    ? ""
                    : "take a machine type that has room (%s), or "
                        .formatted(others.stream().map(Object::toString).collect(joining(", "))),
                pool.name(),
                most + 1));
  }
}
