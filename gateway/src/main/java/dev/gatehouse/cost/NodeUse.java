package dev.gatehouse.cost;

import java.time.LocalDate;

/**
 * How long nodes of one kind were there on one day, whoever used them.
 *
 * @param day of UTC
 * @param seconds added up over the nodes
 */
public record NodeUse(LocalDate day, NodeKind node, long seconds) {}
