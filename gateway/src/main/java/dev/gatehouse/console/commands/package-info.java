/** All commands, listed by hand in groups; each noun has a package of its own. */
@NullMarked
package dev.gatehouse.console.commands;

import org.jspecify.annotations.NullMarked;
