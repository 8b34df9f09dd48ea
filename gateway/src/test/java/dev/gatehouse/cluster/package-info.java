/**
 * The definition: what is read, every mistake with its place, the schema held equal to the readers,
 * and what is in force after a change.
 */
@NullMarked
package dev.gatehouse.cluster;

import org.jspecify.annotations.NullMarked;
