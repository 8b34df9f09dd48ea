/** {@code gate home}. */
@NullMarked
package dev.gatehouse.console.commands.home;

import org.jspecify.annotations.NullMarked;
