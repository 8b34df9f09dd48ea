/** The definition's text in the cluster: a ConfigMap, and its revisions as ControllerRevisions. */
@NullMarked
package dev.gatehouse.platform.revisions;

import org.jspecify.annotations.NullMarked;
