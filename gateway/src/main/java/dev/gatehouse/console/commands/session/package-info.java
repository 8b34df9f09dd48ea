/** Commands on open connections. */
@NullMarked
package dev.gatehouse.console.commands.session;

import org.jspecify.annotations.NullMarked;
