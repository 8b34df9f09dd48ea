/** What {@code doctor} finds in a cluster. */
@NullMarked
package dev.gatehouse.platform.doctor;

import org.jspecify.annotations.NullMarked;
