/**
 * The images of the Dockerfile, really built and run as a cluster would run them: as an ordinary
 * user, without capabilities, with a pod's mounts.
 */
@NullMarked
package dev.gatehouse.images;

import org.jspecify.annotations.NullMarked;
