/** Helm, behind one port: as a library where it has native parts, else as a program. */
@NullMarked
package dev.gatehouse.platform.helm;

import org.jspecify.annotations.NullMarked;
