/** {@code gate pool …}: the node pools of the definition, and what there is of them. */
@NullMarked
package dev.gatehouse.console.commands.pool;

import org.jspecify.annotations.NullMarked;
