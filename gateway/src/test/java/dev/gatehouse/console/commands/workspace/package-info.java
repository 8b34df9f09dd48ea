/** {@code gate workspace}. */
@NullMarked
package dev.gatehouse.console.commands.workspace;

import org.jspecify.annotations.NullMarked;
