/**
 * What we write instead of stock parts of MINA SSHD, because every byte of every session passes it;
 * docs/decisions says for each part why, what it gains and how to go back.
 */
@NullMarked
package dev.gatehouse.transport;

import org.jspecify.annotations.NullMarked;
