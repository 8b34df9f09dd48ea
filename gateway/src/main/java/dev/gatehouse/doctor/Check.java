package dev.gatehouse.doctor;

import java.util.List;

/** Looks at one thing. It changes nothing that stays. */
public interface Check {
  /** Under which heading its findings stand, such as {@code Storage}. */
  String subject();

  /**
   * Looks, and blocks while it does. At least one finding: that all is well is one too.
   *
   * @throws RuntimeException if it could not look
   */
  List<Finding> findings() throws InterruptedException;
}
