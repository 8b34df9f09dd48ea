/**
 * What operators can measure, in Prometheus' text format. Whoever counts knows nothing of the
 * library behind it, and nothing is read or made before somebody asks.
 */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
