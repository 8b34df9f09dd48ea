/** {@code gate group}. */
@NullMarked
package dev.gatehouse.console.commands.group;

import org.jspecify.annotations.NullMarked;
