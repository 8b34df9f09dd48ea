package dev.gatehouse.frontdoor.replicas;

import java.net.InetSocketAddress;

/**
 * Another gateway of the same cluster.
 *
 * @param name such as its pod's
 * @param address where it answers other gateways
 */
public record Replica(String name, InetSocketAddress address) {}
