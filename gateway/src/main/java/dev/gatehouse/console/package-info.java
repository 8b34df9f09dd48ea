/** The built-in commands, gate …: one class each, listed by hand in one table. */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
