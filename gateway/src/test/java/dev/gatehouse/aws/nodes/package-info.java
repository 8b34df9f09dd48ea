/** Pools on the stand-in of AWS: what is planned, refused and made, and what keeps nodes away. */
@NullMarked
package dev.gatehouse.aws.nodes;

import org.jspecify.annotations.NullMarked;
