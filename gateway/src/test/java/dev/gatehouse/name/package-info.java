/** Names: which are accepted, and what an error says of the others. */
@NullMarked
package dev.gatehouse.name;

import org.jspecify.annotations.NullMarked;
