/** Commands on homes. */
@NullMarked
package dev.gatehouse.console.commands.home;

import org.jspecify.annotations.NullMarked;
