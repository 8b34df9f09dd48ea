/** The program: reads its arguments, wires the parts in the order in which data flows, runs. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
