/**
 * A stand-in for AWS that speaks the SDK's own wire formats, keeps what it is told, and refuses
 * what AWS refuses. Requests and answers go by the SDK's models, so that neither can hold what AWS
 * does not know.
 */
@NullMarked
package dev.gatehouse.testkit.aws;

import org.jspecify.annotations.NullMarked;
