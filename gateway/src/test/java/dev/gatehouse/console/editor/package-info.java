/**
 * The editor of a person's session: its text, its keys, and that it reaches no file of the gateway.
 */
@NullMarked
package dev.gatehouse.console.editor;

import org.jspecify.annotations.NullMarked;
