/**
 * SSH keys as values: a type, the bytes of its wire form, and what can be told from them without a
 * crypto library.
 */
@NullMarked
package dev.gatehouse.key;

import org.jspecify.annotations.NullMarked;
