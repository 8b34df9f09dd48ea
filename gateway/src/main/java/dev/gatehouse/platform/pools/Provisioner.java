package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The two that take NodePools: Karpenter of its own chart, and the one inside EKS Auto Mode. */
enum Provisioner {
  KARPENTER("Karpenter", "karpenter.k8s.aws", "EC2NodeClass", "karpenter.k8s.aws"),
  AUTO_MODE("EKS Auto Mode", "eks.amazonaws.com", "NodeClass", "eks.amazonaws.com");

  static final String GROUP_VERSION = "karpenter.sh/v1";

  private final String title;
  private final String classGroup;
  private final String classKind;
  private final String labels;

  /**
   * @param labels the domain of the labels that tell of instance types
   */
  Provisioner(String title, String classGroup, String classKind, String labels) {
    this.title = title;
    this.classGroup = classGroup;
    this.classKind = classKind;
    this.labels = labels;
  }

  static Optional<Provisioner> of(NodeEngine kind) {
    return switch (kind) {
      case KARPENTER -> Optional.of(KARPENTER);
      case AUTO_MODE -> Optional.of(AUTO_MODE);
      case NODE_GROUPS, SCALING_GROUPS, NONE -> Optional.empty();
    };
  }

  static ObjectKey nodePool(String name) {
    return new ObjectKey(GROUP_VERSION, "NodePool", "", name);
  }

  ObjectKey nodeClass(String name) {
    return new ObjectKey(classGroup + "/v1", classKind, "", name);
  }

  String classGroup() {
    return classGroup;
  }

  String classKind() {
    return classKind;
  }

  /** Such as {@code karpenter.k8s.aws/instance-cpu}. */
  String label(String what) {
    return labels + "/" + what;
  }

  /** The API that is not served; the empty text if all is. */
  String missing(Predicate<String> isServed) {
    return Stream.of(GROUP_VERSION, classGroup + "/v1")
        .filter(isServed.negate())
        .findFirst()
        .orElse("");
  }

  /** As people call it. */
  @Override
  public String toString() {
    return title;
  }
}
