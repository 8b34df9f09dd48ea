/**
 * Stacks of CloudFormation: change sets are the plan, events the progress. Every state that a stack
 * can end in is explained with what to do; no state is kept here.
 */
@NullMarked
package dev.gatehouse.aws.stacks;

import org.jspecify.annotations.NullMarked;
