/**
 * Workspaces as pods. Kubernetes is the database: what is known of a workspace stands in the labels
 * and annotations of its StatefulSet, and gateways keep no state of their own. The data flows one
 * way: {@code Cluster} shows what there is, {@code Manifests} says what there should be, {@code
 * Diagnosis} puts the difference into a person's words, and {@code Attempt} waits for it to go.
 */
@NullMarked
package dev.gatehouse.workspace.kubernetes;

import org.jspecify.annotations.NullMarked;
