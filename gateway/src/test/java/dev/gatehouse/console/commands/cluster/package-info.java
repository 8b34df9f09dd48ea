/** {@code gate cluster}: changes of the definition, and what the operator says of them. */
@NullMarked
package dev.gatehouse.console.commands.cluster;

import org.jspecify.annotations.NullMarked;
