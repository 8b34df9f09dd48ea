/** The sshd of a local workspace. */
@NullMarked
package dev.gatehouse.workspace.local;

import org.jspecify.annotations.NullMarked;
