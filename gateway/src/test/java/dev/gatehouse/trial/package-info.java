/** {@code gatehouse try}. */
@NullMarked
package dev.gatehouse.trial;

import org.jspecify.annotations.NullMarked;
