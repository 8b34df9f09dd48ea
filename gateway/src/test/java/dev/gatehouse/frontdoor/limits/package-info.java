/** Limits for strangers: penalties, startups, the PROXY protocol, rekeying. */
@NullMarked
package dev.gatehouse.frontdoor.limits;

import org.jspecify.annotations.NullMarked;
