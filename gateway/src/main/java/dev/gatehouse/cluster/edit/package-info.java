/** Changes the text of the definition. */
@NullMarked
package dev.gatehouse.cluster.edit;

import org.jspecify.annotations.NullMarked;
