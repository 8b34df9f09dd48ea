/** The SSH server that faces the client: key exchange, login, and where each channel goes. */
@NullMarked
package dev.gatehouse.frontdoor;

import org.jspecify.annotations.NullMarked;
