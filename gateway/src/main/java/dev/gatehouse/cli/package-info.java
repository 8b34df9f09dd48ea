/** The command line of the program: which command was meant, and what is said to mistakes. */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
