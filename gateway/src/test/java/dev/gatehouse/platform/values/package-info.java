/** Values of the charts, and the guard rails. */
@NullMarked
package dev.gatehouse.platform.values;

import org.jspecify.annotations.NullMarked;
