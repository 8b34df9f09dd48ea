/**
 * The trial mode, {@code gatehouse try}: one machine, the person who started it, a client
 * configuration for them.
 */
@NullMarked
package dev.gatehouse.trial;

import org.jspecify.annotations.NullMarked;
