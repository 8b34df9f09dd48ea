/** Second factors: codes, recovery, and replay. */
@NullMarked
package dev.gatehouse.mfa;

import org.jspecify.annotations.NullMarked;
