/**
 * The whole program: its architecture, its class paths, its reference, and one gateway from start
 * to end.
 */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
