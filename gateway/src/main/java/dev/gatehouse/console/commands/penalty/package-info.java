/** Commands on penalties of source addresses. */
@NullMarked
package dev.gatehouse.console.commands.penalty;

import org.jspecify.annotations.NullMarked;
