/** Connects to what the cluster definition declares as an app, and to nothing else. */
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
