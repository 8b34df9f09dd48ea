/** Commands on snapshots of homes. */
@NullMarked
package dev.gatehouse.console.commands.snapshot;

import org.jspecify.annotations.NullMarked;
