/** {@code gate snapshot}. */
@NullMarked
package dev.gatehouse.console.commands.snapshot;

import org.jspecify.annotations.NullMarked;
