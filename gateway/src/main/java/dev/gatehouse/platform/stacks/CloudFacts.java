package dev.gatehouse.platform.stacks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the account knows, and a definition need not say. */
public interface CloudFacts {
  /** Empty if the cluster is not there, or not yet. */
  Optional<Cluster> cluster();

  /** All versions of Kubernetes that can be had in standard support, the newest first. */
  List<Version> supported();

  /** Returns some of these subnets: one in each zone. */
  List<String> onePerZone(List<String> subnets);

  /**
   * A cluster of EKS.
   *
   * @param certificateAuthority in PEM, encoded as Base64
   * @param securityGroup that all nodes are in
   */
  record Cluster(
      String version,
      String endpoint,
      String certificateAuthority,
      String vpc,
      List<String> subnets,
      String securityGroup) {}

  /**
   * A version of Kubernetes.
   *
   * @param number such as 1.35
   * @param endOfStandardSupport absent where AWS has not said it
   */
  record Version(String number, Optional<Instant> endOfStandardSupport) {}
}
