/** Checks that need no cluster. */
@NullMarked
package dev.gatehouse.doctor;

import org.jspecify.annotations.NullMarked;
