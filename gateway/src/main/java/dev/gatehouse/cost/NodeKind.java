package dev.gatehouse.cost;

/**
 * All that the price of a node depends on.
 *
 * @param pool the name of its pool; empty if it is in none
 * @param instanceType a cloud's word such as {@code g5.xlarge}; empty if the node has none
 * @param spot whether the cloud may take it away, for a lower price
 */
public record NodeKind(String pool, String instanceType, boolean spot) {}
