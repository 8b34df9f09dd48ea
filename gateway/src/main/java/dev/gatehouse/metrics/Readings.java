package dev.gatehouse.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How things stand at one moment.
 *
 * @param directory empty if people live inside this process
 * @param channels open ones, by type
 * @param bytesIn from clients since the start, on connections that have logged in
 * @param bytesOut to them
 * @param startups connections that have not logged in yet
 * @param penalties sources that are made to wait
 * @param workspaces everybody's, by state; empty while the platform does not answer
 * @param spares connections to workspaces that are kept for the next session
 */
public record Readings(
    Optional<DirectoryReading> directory,
    int connections,
    Map<String, Integer> channels,
    long bytesIn,
    long bytesOut,
    int startups,
    int penalties,
    Optional<Map<String, Integer>> workspaces,
    int spares) {
  static final Readings NONE =
      new Readings(Optional.empty(), 0, Map.of(), 0, 0, 0, 0, Optional.empty(), 0);

  /**
   * @param up whether a server answers
   * @param people how many are in the copy
   * @param age of the copy, if there is one
   */
  public record DirectoryReading(boolean up, int people, Optional<Duration> age) {}

  /** Not a number where there is none: 0 would be a claim. */
  double directoryUp() {
    return directory.map(d -> d.up() ? 1.0 : 0.0).orElse(Double.NaN);
  }

  double people() {
    return directory.map(d -> (double) d.people()).orElse(Double.NaN);
  }

  double copyAge() {
    return directory
        .flatMap(DirectoryReading::age)
        .map(age -> age.toMillis() / 1e3)
        .orElse(Double.NaN);
  }

  double channels(String type) {
    return channels.getOrDefault(type, 0);
  }

  double workspaces(String state) {
    return workspaces.map(w -> (double) w.getOrDefault(state, 0)).orElse(Double.NaN);
  }
}
