/** Splices: only the characters of the changed value differ, shown on generated definitions. */
@NullMarked
package dev.gatehouse.cluster.edit;

import org.jspecify.annotations.NullMarked;
