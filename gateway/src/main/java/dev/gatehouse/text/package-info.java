/**
 * Text: makes what came from outside safe to show, and compares and counts words. Knows nothing
 * else of ours.
 */
@NullMarked
package dev.gatehouse.text;

import org.jspecify.annotations.NullMarked;
