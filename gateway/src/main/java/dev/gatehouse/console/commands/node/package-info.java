/** Commands on the machines of the cluster, which the operator carries out. */
@NullMarked
package dev.gatehouse.console.commands.node;

import org.jspecify.annotations.NullMarked;
