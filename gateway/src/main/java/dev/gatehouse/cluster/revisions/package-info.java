/** The definition's text through time: who changed it, when and why, and how to change it. */
@NullMarked
package dev.gatehouse.cluster.revisions;

import org.jspecify.annotations.NullMarked;
