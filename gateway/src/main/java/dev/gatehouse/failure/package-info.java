/** The three names of failure (denied, unavailable, broken), and a person's own mistakes. */
@NullMarked
package dev.gatehouse.failure;

import org.jspecify.annotations.NullMarked;
