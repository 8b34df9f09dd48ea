/**
 * The wiring of a gateway: its parts, made in the order in which data flows, and {@code gatehouse
 * serve}.
 */
@NullMarked
package dev.gatehouse.server;

import org.jspecify.annotations.NullMarked;
