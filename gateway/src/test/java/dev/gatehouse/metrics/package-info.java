/** Counters, and that the documentation names each of them. */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
