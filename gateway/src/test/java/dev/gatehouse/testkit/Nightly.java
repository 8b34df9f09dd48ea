package dev.gatehouse.testkit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that takes minutes, or the whole machine: {@code ./mvnw -Pnightly verify} and {@code
 * .ci/run} run it, and a plain {@code ./mvnw verify} says at its end that it did not.
 */
@Tag("nightly")
@ExtendWith(NightlyCondition.class)
@Inherited
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface Nightly {}
