/**
 * Pools of nodes on AWS: managed node groups of EKS, and Auto Scaling groups that are there. What
 * AWS would refuse is refused before AWS is asked, and what keeps it from making nodes is told in
 * words.
 */
@NullMarked
package dev.gatehouse.aws.nodes;

import org.jspecify.annotations.NullMarked;
