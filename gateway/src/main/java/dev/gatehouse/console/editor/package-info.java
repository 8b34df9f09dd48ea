/**
 * A small text editor on a person's terminal, with nano's keys. It works on one text in memory and
 * knows no file: nothing of the gateway can be opened, written or run from it.
 */
@NullMarked
package dev.gatehouse.console.editor;

import org.jspecify.annotations.NullMarked;
