/**
 * Passes SSH connection-protocol messages (RFC 4254) between a client and the sshd of its
 * workspace.
 */
@NullMarked
package dev.gatehouse.relay;

import org.jspecify.annotations.NullMarked;
