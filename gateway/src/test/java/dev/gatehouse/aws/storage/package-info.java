/** Copies of EBS snapshots, on the stand-in of AWS. */
@NullMarked
package dev.gatehouse.aws.storage;

import org.jspecify.annotations.NullMarked;
