/** Ciphers and I/O in place of MINA's, by their contracts and by published vectors. */
@NullMarked
package dev.gatehouse.transport;

import org.jspecify.annotations.NullMarked;
