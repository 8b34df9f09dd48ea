/** What is done again and again. */
@NullMarked
package dev.gatehouse.scheduling;

import org.jspecify.annotations.NullMarked;
