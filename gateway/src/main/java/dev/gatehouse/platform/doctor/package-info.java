/** Checks of a Kubernetes cluster: each class looks at one thing. */
@NullMarked
package dev.gatehouse.platform.doctor;

import org.jspecify.annotations.NullMarked;
