/** Input from people and scripts, terminals of every kind, and hostile files. */
@NullMarked
package dev.gatehouse.console.terminal;

import org.jspecify.annotations.NullMarked;
