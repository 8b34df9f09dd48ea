/**
 * What must hold of each parser of ours, whatever it is given. Jazzer looks for something for which
 * it does not hold (docs/decisions/0008-fuzzing.md).
 */
package dev.gatehouse.fuzz;
