package dev.gatehouse.workspace;

/**
 * What a workspace takes now.
 *
 * @param millicores of 1000 to a core
 */
public record Usage(long millicores, long memoryBytes) {}
