/** {@code gate type}. */
@NullMarked
package dev.gatehouse.console.commands.type;

import org.jspecify.annotations.NullMarked;
