/** LDIF from strangers. */
@NullMarked
package dev.gatehouse.directory.ldif;

import org.jspecify.annotations.NullMarked;
