/** Commands without a noun, such as {@code gate status}. */
@NullMarked
package dev.gatehouse.console.commands.general;

import org.jspecify.annotations.NullMarked;
