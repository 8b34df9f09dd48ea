/** {@code gate pool}. */
@NullMarked
package dev.gatehouse.console.commands.pool;

import org.jspecify.annotations.NullMarked;
