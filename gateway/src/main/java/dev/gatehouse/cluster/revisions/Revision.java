package dev.gatehouse.cluster.revisions;

import java.time.Instant;

/**
 * The definition at one time.
 *
 * @param number counts from 1; a later one is greater
 * @param text as written
 */
public record Revision(long number, String text, Instant when, Author author) {}
