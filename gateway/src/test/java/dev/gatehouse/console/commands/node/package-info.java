/** {@code gate node}. */
@NullMarked
package dev.gatehouse.console.commands.node;

import org.jspecify.annotations.NullMarked;
