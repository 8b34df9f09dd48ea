/**
 * Changes the text of a definition by splices: an edit replaces the characters of what it changes,
 * and no others. Comments, order, blank lines and quotes elsewhere stay as they are.
 */
@NullMarked
package dev.gatehouse.cluster.edit;

import org.jspecify.annotations.NullMarked;
