/** The operator: what it makes so, what it refuses, and how it goes on after a failure. */
@NullMarked
package dev.gatehouse.platform.operator;

import org.jspecify.annotations.NullMarked;
