/** Addresses, networks and patterns as values; names are never resolved here. */
@NullMarked
package dev.gatehouse.net;

import org.jspecify.annotations.NullMarked;
