/**
 * The cluster definition: cluster.yaml, read once into records; every mistake in it is told at once
 * with its place.
 */
@NullMarked
package dev.gatehouse.cluster;

import org.jspecify.annotations.NullMarked;
