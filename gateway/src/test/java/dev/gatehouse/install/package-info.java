/** The folder that a person unpacks and starts. */
@NullMarked
package dev.gatehouse.install;

import org.jspecify.annotations.NullMarked;
