/** What the operator has made of the definition: written by it, and read by gateways. */
@NullMarked
package dev.gatehouse.platform.status;

import org.jspecify.annotations.NullMarked;
