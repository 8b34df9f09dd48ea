/**
 * The console without ssh: dispatch, completion, help, and what all commands have in common; {@code
 * ConsoleFixture} and the fakes that the commands' own tests use.
 */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
