/** Who somebody is: the authentication protocol (RFC 4252), from the first request to the proof. */
@NullMarked
package dev.gatehouse.frontdoor.login;

import org.jspecify.annotations.NullMarked;
