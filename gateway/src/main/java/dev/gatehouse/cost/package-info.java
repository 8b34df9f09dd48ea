/** What was used and what it costs: values and exact arithmetic, without a clock or a network. */
@NullMarked
package dev.gatehouse.cost;

import org.jspecify.annotations.NullMarked;
