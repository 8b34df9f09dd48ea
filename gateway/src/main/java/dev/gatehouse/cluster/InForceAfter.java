package dev.gatehouse.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting that a running gateway keeps as it is when the definition changes: {@link
 * LiveDefinition} goes on to return the value in force, and names the key. A setting without this
 * mark is in force at once, so whoever uses it reads it anew each time; KeptSettingsTest checks
 * that.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface InForceAfter {
  What value();

  /** What must happen before a change is in force. */
  enum What {
    /** The gateway is started again. */
    RESTART,
    /** The gateway has reached the other servers; until then it goes on with those before. */
    ANSWER
  }
}
