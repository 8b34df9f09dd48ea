/** Health and log levels of a running process. */
@NullMarked
package dev.gatehouse.operation;

import org.jspecify.annotations.NullMarked;
