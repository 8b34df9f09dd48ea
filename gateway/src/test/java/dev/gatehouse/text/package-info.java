/** Small tools for text. */
@NullMarked
package dev.gatehouse.text;

import org.jspecify.annotations.NullMarked;
