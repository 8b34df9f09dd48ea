/**
 * Second factors: time-based codes from a phone (TOTP, RFC 6238) and recovery codes. A code is good
 * once, at whichever gateway, and guessing is slowed down for the person it is about.
 */
@NullMarked
package dev.gatehouse.mfa;

import org.jspecify.annotations.NullMarked;
