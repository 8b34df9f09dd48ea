/**
 * What real SSH clients expect, one contract a client or behaviour, written against a plain sshd
 * and then asked of everything that stands in its place. To add a target, write one more {@code
 * *IT} that lists the contracts it keeps.
 */
@NullMarked
package dev.gatehouse.clients;

import org.jspecify.annotations.NullMarked;
