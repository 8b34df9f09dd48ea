/** What several gateways know of each other. */
@NullMarked
package dev.gatehouse.frontdoor.replicas;

import org.jspecify.annotations.NullMarked;
