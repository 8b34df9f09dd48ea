/**
 * What the definition stands for in a cluster: what should be there, what is there, the plan from
 * one to the other, and who carries it out.
 */
@NullMarked
package dev.gatehouse.platform;

import org.jspecify.annotations.NullMarked;
