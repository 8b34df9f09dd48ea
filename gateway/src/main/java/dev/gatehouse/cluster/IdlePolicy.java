package dev.gatehouse.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * When a workspace that nobody uses is stopped.
 *
 * @param after how long nobody has used it; empty means never
 * @param busyMillicores it counts as used while its processes take this much of a core, where
 *     Kubernetes' metrics tell; 0 means that nobody looks
 * @param maxLifetime how long it may run, used or not; empty means for ever
 * @param warning how long before the end of its life open terminals are told
 */
public record IdlePolicy(
    Optional<Duration> after,
    int busyMillicores,
    Optional<Duration> maxLifetime,
    Duration warning) {

  public static final IdlePolicy DEFAULT =
      new IdlePolicy(
          Optional.of(Duration.ofHours(4)), 100, Optional.empty(), Duration.ofMinutes(10));
}
