/** The directory of {@code k8s/directory}, run on this machine as it runs in a cluster. */
@NullMarked
package dev.gatehouse.directory.deployed;

import org.jspecify.annotations.NullMarked;
