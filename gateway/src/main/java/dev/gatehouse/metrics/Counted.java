package dev.gatehouse.metrics;

/**
 * What is counted as it happens.
 *
 * @param refusals connections that were not let begin, by why
 */
public record Counted(Tally<Outcome> logins, Tally<String> refusals, Starts starts) {}
