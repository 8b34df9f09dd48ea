/** {@code gate app}. */
@NullMarked
package dev.gatehouse.console.commands.app;

import org.jspecify.annotations.NullMarked;
