/** Templates and their parameters, held to the actions and properties that AWS documents. */
@NullMarked
package dev.gatehouse.platform.stacks;

import org.jspecify.annotations.NullMarked;
