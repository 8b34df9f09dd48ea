/** The command line before picocli is loaded. */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
