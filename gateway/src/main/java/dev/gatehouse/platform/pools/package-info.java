/**
 * Who makes the nodes of pools in this cluster, and the engines that only need the cluster's API:
 * Karpenter, EKS Auto Mode, and looking only.
 */
@NullMarked
package dev.gatehouse.platform.pools;

import org.jspecify.annotations.NullMarked;
