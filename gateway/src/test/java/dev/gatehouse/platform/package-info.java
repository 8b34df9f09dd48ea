/** Plan and apply, on the strict API server of the testkit. */
@NullMarked
package dev.gatehouse.platform;

import org.jspecify.annotations.NullMarked;
