/** Workspaces in a cluster, on the strict API server of the testkit. */
@NullMarked
package dev.gatehouse.workspace.kubernetes;

import org.jspecify.annotations.NullMarked;
