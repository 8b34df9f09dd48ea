/**
 * SSH keys: public ones as values (a type and the bytes of the wire form), private ones in files of
 * OpenSSH's own format.
 */
@NullMarked
package dev.gatehouse.key;

import org.jspecify.annotations.NullMarked;
