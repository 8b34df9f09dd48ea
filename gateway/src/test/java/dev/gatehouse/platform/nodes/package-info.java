/** What the operator does with nodes as people wish, and what it tells gateways of them. */
@NullMarked
package dev.gatehouse.platform.nodes;

import org.jspecify.annotations.NullMarked;
