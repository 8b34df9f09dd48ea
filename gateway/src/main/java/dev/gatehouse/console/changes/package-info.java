/**
 * The one way in which a command changes the definition: made from the current revision, checked,
 * planned, asked about, and saved under the revision's number.
 */
@NullMarked
package dev.gatehouse.console.changes;

import org.jspecify.annotations.NullMarked;
