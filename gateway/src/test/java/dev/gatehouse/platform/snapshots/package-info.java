/** Copies of homes' snapshots: which are made, and which are deleted. */
@NullMarked
package dev.gatehouse.platform.snapshots;

import org.jspecify.annotations.NullMarked;
