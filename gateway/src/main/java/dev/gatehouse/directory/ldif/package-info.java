/** Reads people and entries from LDIF files (RFC 2849), with the line of each mistake. */
@NullMarked
package dev.gatehouse.directory.ldif;

import org.jspecify.annotations.NullMarked;
