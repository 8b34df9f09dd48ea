/** Commands on apps. */
@NullMarked
package dev.gatehouse.console.commands.app;

import org.jspecify.annotations.NullMarked;
