/** What operators see of a running gateway: health, readiness and the log. */
@NullMarked
package dev.gatehouse.operation;

import org.jspecify.annotations.NullMarked;
