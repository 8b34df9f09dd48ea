/** What workspaces and nodes cost. */
@NullMarked
package dev.gatehouse.console.commands.cost;

import org.jspecify.annotations.NullMarked;
