/**
 * Who may have what, now: a pure decision over values, with a named reason when the answer is no.
 */
@NullMarked
package dev.gatehouse.admission;

import org.jspecify.annotations.NullMarked;
