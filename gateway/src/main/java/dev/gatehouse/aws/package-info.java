/**
 * AWS, through its SDK, which nobody else imports: clients that are made when they are first used,
 * calls that are made once, and failures in words. A gateway that serves loads nothing of it.
 */
@NullMarked
package dev.gatehouse.aws;

import org.jspecify.annotations.NullMarked;
