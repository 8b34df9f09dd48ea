package dev.gatehouse.platform.helm;

import java.util.Map;

/**
 * A release as Helm's record in the cluster has it.
 *
 * @param revision counts from 1
 * @param chart the chart's name
 * @param version the chart's version
 * @param values those that it was installed with, without the chart's own
 * @param manifest what was rendered, as YAML documents
 */
public record DeployedRelease(
    String name,
    String namespace,
    int revision,
    Status status,
    String chart,
    String version,
    Map<String, Object> values,
    String manifest) {

  /** Helm's own words, as far as they matter here. */
  public enum Status {
    DEPLOYED,
    FAILED,
    /** An install, an upgrade or a rollback that has not ended, or whose process is gone. */
    PENDING,
    /** Its removal has not ended, or that process is gone. */
    UNINSTALLING,
    /** Removed, with its history kept. */
    UNINSTALLED,
    /** A newer revision is deployed. */
    SUPERSEDED,
    /** Anything else. */
    OTHER
  }
}
