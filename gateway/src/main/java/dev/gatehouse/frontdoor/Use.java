package dev.gatehouse.frontdoor;

import java.util.Map;

/**
 * What all connections together do, for operators.
 *
 * @param channels open ones, by type
 * @param bytesIn from clients since the start, those that have gone included
 */
public record Use(int connections, Map<String, Integer> channels, long bytesIn, long bytesOut) {}
