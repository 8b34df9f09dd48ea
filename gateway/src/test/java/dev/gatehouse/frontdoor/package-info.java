/** A connection from its first byte to its end, with real clients. */
@NullMarked
package dev.gatehouse.frontdoor;

import org.jspecify.annotations.NullMarked;
