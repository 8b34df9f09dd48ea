/** The directory inside the gateway: its files, and what a crash leaves. */
@NullMarked
package dev.gatehouse.directory.embedded;

import org.jspecify.annotations.NullMarked;
