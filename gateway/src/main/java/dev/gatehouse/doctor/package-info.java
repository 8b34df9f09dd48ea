/**
 * What is well and what is not, as values: a check looks at one thing, finds, and says what to do.
 */
@NullMarked
package dev.gatehouse.doctor;

import org.jspecify.annotations.NullMarked;
