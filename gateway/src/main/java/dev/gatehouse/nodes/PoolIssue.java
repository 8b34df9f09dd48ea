package dev.gatehouse.nodes;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that keeps a pool from having the nodes that it should have.
 *
 * @param code as the cloud or the cluster names it, such as {@code InsufficientInstanceCapacity}
 * @param sentence for people, without a full stop
 */
public record PoolIssue(String code, String sentence, Optional<Instant> since) {}
