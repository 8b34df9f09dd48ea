/** Revisions of the definition in the cluster. */
@NullMarked
package dev.gatehouse.platform.revisions;

import org.jspecify.annotations.NullMarked;
