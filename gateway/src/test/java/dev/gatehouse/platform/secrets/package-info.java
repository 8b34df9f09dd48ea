/** Certificates and passwords of a directory that is ours. */
@NullMarked
package dev.gatehouse.platform.secrets;

import org.jspecify.annotations.NullMarked;
