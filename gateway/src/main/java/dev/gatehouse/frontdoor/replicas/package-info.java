/**
 * What the gateways of one cluster tell each other: which connections each of them has. A gateway
 * that does not answer is named, and never left out in silence.
 */
@NullMarked
package dev.gatehouse.frontdoor.replicas;

import org.jspecify.annotations.NullMarked;
