/** Files that survive a crash. */
@NullMarked
package dev.gatehouse.file;

import org.jspecify.annotations.NullMarked;
