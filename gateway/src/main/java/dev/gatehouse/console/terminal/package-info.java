/** The caller's streams: a terminal with a line editor, or plain input and output. */
@NullMarked
package dev.gatehouse.console.terminal;

import org.jspecify.annotations.NullMarked;
