/**
 * Channels between a client and a workspace: flow control, exit status, loss, and hostile peers on
 * either side.
 */
@NullMarked
package dev.gatehouse.relay;

import org.jspecify.annotations.NullMarked;
