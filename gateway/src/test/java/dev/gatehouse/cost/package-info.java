/** Usage, prices and shares: exact sums. */
@NullMarked
package dev.gatehouse.cost;

import org.jspecify.annotations.NullMarked;
