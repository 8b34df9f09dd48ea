/**
 * Workspaces for trying out: processes of the invoking user on this machine, behind an in-process
 * sshd.
 */
@NullMarked
package dev.gatehouse.workspace.local;

import org.jspecify.annotations.NullMarked;
