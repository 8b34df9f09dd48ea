/**
 * The gateway's host keys: never lost and never half changed, whenever it crashes; their rotation
 * while people are connected, and how clients learn of it; their certificates.
 */
@NullMarked
package dev.gatehouse.frontdoor.hostkeys;

import org.jspecify.annotations.NullMarked;
