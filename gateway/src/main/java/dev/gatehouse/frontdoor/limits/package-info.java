/** Who may connect at all: start-up limits, penalties, and whose word about an address is taken. */
@NullMarked
package dev.gatehouse.frontdoor.limits;

import org.jspecify.annotations.NullMarked;
