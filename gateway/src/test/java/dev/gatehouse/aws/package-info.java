/** The SDK of AWS: what it may do, its failures in words, and calls that are made once. */
@NullMarked
package dev.gatehouse.aws;

import org.jspecify.annotations.NullMarked;
