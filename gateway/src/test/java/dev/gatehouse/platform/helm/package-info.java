/** The contract of Helm, held by the library, by two versions of the program, and by the fake. */
@NullMarked
package dev.gatehouse.platform.helm;

import org.jspecify.annotations.NullMarked;
