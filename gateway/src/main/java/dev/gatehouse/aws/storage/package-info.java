/** Copies of EBS snapshots in other regions. */
@NullMarked
package dev.gatehouse.aws.storage;

import org.jspecify.annotations.NullMarked;
