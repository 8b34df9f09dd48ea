/** Where the program is installed, and the folder of its state. */
@NullMarked
package dev.gatehouse.install;

import org.jspecify.annotations.NullMarked;
