/**
 * What stands in place of parts of Apache MINA SSHD, each because it was measured to be faster, and
 * each put in by one line that can be taken out again.
 */
@NullMarked
package dev.gatehouse.transport;

import org.jspecify.annotations.NullMarked;
