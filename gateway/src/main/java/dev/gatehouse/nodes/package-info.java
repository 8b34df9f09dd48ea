/** The machines of the cluster as values: what they have, what is promised, what is used. */
@NullMarked
package dev.gatehouse.nodes;

import org.jspecify.annotations.NullMarked;
