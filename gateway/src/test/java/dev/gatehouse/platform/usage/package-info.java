/** Usage that survives restarts of the operator, and two operators at once. */
@NullMarked
package dev.gatehouse.platform.usage;

import org.jspecify.annotations.NullMarked;
