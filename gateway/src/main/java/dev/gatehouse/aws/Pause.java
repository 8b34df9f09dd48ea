package dev.gatehouse.aws;

import java.time.Duration;

/** Lets time pass. */
public interface Pause {
  void take(Duration time) throws InterruptedException;
}
