/** Commands of a single word. */
@NullMarked
package dev.gatehouse.console.commands.general;

import org.jspecify.annotations.NullMarked;
