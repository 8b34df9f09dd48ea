/**
 * Measures the gateway against OpenSSH's sshd as a jump host, in one run on one machine: {@code
 * ./mvnw -Pbench verify}. What it prints goes to {@code docs/performance.md}.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
