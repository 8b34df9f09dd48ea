/** Copies of homes' snapshots elsewhere, by the operator. */
@NullMarked
package dev.gatehouse.platform.snapshots;

import org.jspecify.annotations.NullMarked;
