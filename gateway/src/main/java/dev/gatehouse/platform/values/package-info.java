/** The values of the charts, and the guard rails, as the definition has them. Pure. */
@NullMarked
package dev.gatehouse.platform.values;

import org.jspecify.annotations.NullMarked;
