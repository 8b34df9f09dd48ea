/**
 * The cluster definition: cluster.yaml, read into records at the start and when it changes; every
 * mistake in it is told at once with its place.
 */
@NullMarked
package dev.gatehouse.cluster;

import org.jspecify.annotations.NullMarked;
