/** Commands on SSH keys. */
@NullMarked
package dev.gatehouse.console.commands.keys;

import org.jspecify.annotations.NullMarked;
