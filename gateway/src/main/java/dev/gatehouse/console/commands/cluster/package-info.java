/** Commands on the definition of the cluster. */
@NullMarked
package dev.gatehouse.console.commands.cluster;

import org.jspecify.annotations.NullMarked;
