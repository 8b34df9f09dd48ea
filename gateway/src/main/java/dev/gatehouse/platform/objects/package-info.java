/**
 * Objects of Kubernetes as plain trees, whatever their kind: read from manifests, and read from and
 * deleted in a cluster.
 */
@NullMarked
package dev.gatehouse.platform.objects;

import org.jspecify.annotations.NullMarked;
