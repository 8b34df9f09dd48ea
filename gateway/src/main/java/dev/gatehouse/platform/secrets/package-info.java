/** What a directory of the platform's own keeps secret: its certificate and passwords. */
@NullMarked
package dev.gatehouse.platform.secrets;

import org.jspecify.annotations.NullMarked;
