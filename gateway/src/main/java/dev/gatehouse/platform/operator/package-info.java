/** {@code gatehouse operate}: makes what the definition says so, within the guard rails. */
@NullMarked
package dev.gatehouse.platform.operator;

import org.jspecify.annotations.NullMarked;
