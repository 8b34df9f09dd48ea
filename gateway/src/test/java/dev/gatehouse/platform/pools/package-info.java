/** Who makes nodes, found out, and the engines that need the cluster's API only. */
@NullMarked
package dev.gatehouse.platform.pools;

import org.jspecify.annotations.NullMarked;
