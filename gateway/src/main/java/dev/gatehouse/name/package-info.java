/**
 * Names that people type, checked once at the edge: a value of one of these types is always
 * well-formed.
 */
@NullMarked
package dev.gatehouse.name;

import org.jspecify.annotations.NullMarked;
