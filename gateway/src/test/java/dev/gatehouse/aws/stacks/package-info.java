/** Stacks on the stand-in of AWS: every state that one can end in. */
@NullMarked
package dev.gatehouse.aws.stacks;

import org.jspecify.annotations.NullMarked;
