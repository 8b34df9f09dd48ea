package dev.gatehouse.cluster;

/**
 * A key whose value in the definition is not in force.
 *
 * @param key such as {@code gateway.port}
 * @param after what must happen before it is
 */
public record Unapplied(String key, InForceAfter.What after) {}
