package dev.gatehouse.workspace;

import java.time.Instant;

/**
 * One step of a start.
 *
 * @param what in a person's words, such as {@code waiting for a node}
 * @param since when this step began
 */
public record Progress(String what, Instant since) {}
