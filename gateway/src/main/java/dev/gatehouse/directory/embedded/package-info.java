/** The directory inside this process, kept in one file. */
@NullMarked
package dev.gatehouse.directory.embedded;

import org.jspecify.annotations.NullMarked;
