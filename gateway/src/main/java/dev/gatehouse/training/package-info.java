/**
 * What a gateway meets in its first seconds, made by itself: a client and an API server, for the
 * start that fills the JVM's AOT cache (docs/decisions/0007-start-quickly.md).
 */
@NullMarked
package dev.gatehouse.training;

import org.jspecify.annotations.NullMarked;
