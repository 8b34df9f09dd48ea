/**
 * The contracts that every directory passes, embedded or on servers, for reading and for editing.
 */
@NullMarked
package dev.gatehouse.directory;

import org.jspecify.annotations.NullMarked;
