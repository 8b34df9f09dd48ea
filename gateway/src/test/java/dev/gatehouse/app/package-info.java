/** Tunnels to apps: who reaches which port, what flows, and what a changed definition withdraws. */
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
