/**
 * Workspaces for trying out: processes of the invoking user on this machine, behind an in-process
 * sshd that answers stock clients as Debian's does.
 *
 * <p>From the outside in: {@link dev.gatehouse.workspace.local.LocalWorkspaces} and its lifecycle,
 * the SSH server and its channels, and below them processes and terminals, which Java cannot start
 * as sshd does and which therefore go through the C library. Linux with glibc 2.34 or newer.
 */
@NullMarked
package dev.gatehouse.workspace.local;

import org.jspecify.annotations.NullMarked;
