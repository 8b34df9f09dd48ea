/** Commands on the log. */
@NullMarked
package dev.gatehouse.console.commands.log;

import org.jspecify.annotations.NullMarked;
