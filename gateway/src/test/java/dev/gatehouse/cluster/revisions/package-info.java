/** The contract of every store of revisions, and the one of files. */
@NullMarked
package dev.gatehouse.cluster.revisions;

import org.jspecify.annotations.NullMarked;
