/**
 * The cloud account as stacks: a template with parameters each. What they should be is computed
 * from the definition; who plans and applies them stands behind a port.
 */
@NullMarked
package dev.gatehouse.platform.stacks;

import org.jspecify.annotations.NullMarked;
