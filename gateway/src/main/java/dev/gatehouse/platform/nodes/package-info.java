/**
 * The operator's side of nodes: it tells gateways of them, and cordons, opens and empties them as
 * people wish.
 */
@NullMarked
package dev.gatehouse.platform.nodes;

import org.jspecify.annotations.NullMarked;
