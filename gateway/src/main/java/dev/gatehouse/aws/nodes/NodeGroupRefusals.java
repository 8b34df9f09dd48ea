package dev.gatehouse.aws.nodes;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.nodes.PoolDifference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eks.model.AMITypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** What EKS would refuse of a pool, said before EKS is asked. */
final class NodeGroupRefusals {
  private static final int MOST_TYPES = 20;
  private static final int MOST_TAINTS = 50;

  /** EKS documents these prefixes as reserved. */
  private static final Pattern RESERVED =
      Pattern.compile("([^/]*\\.)?(kubernetes\\.io|k8s\\.io|eks\\.amazonaws\\.com)/.*");

  private NodeGroupRefusals() {}

  static Optional<Failure> of(Pool pool) {
    return types(pool).or(() -> image(pool)).or(() -> label(pool)).or(() -> taints(pool));
  }

  /** A group of another's cannot be made anew by us: it would have to be deleted. */
  static Failure notOurs(Pool pool, Nodegroup group, List<PoolDifference> differences) {
    var fields =
        differences.stream()
            .filter(PoolDifference::replaces)
            .map(PoolDifference::field)
            .collect(Collectors.joining(", "));
    return new Failure.Denied(
        "pool-not-ours",
        ("node group %s has the nodes of pool %s, was made by another, and would have to be made"
                + " anew for %s: write what it has, or delete it there")
            .formatted(group.nodegroupName(), pool.name(), fields));
  }

  private static Optional<Failure> types(Pool pool) {
    if (pool.instanceTypes().isEmpty()) {
      return refused(
          "pool-types-missing",
          "pool %s names no instanceTypes, and EKS would make machines of 4 GiB: name them"
              .formatted(pool.name()));
    }
    return pool.instanceTypes().size() > MOST_TYPES
        ? refused(
            "pool-types-refused",
            "a node group of EKS has %d instance types at most, and pool %s names %d"
                .formatted(MOST_TYPES, pool.name(), pool.instanceTypes().size()))
        : Optional.empty();
  }

  private static Optional<Failure> image(Pool pool) {
    return pool.image()
        .filter(image -> AMITypes.fromValue(image) == AMITypes.UNKNOWN_TO_SDK_VERSION)
        .flatMap(
            image ->
                refused(
                    "pool-image-refused",
                    "a node group of EKS has one of EKS' kinds of images, not %s; those are %s"
                        .formatted(Quote.of(image), kinds())));
  }

  private static String kinds() {
    return AMITypes.knownValues().stream()
        .map(AMITypes::toString)
        .flatMap(
            t ->
                t.startsWith("AL2023_") || t.startsWith("BOTTLEROCKET_")
                    ? Stream.of(t)
                    : Stream.empty())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Optional<Failure> label(Pool pool) {
    return pool.labels().keySet().stream()
        .filter(label -> RESERVED.matcher(label).matches())
        .findFirst()
        .flatMap(
            label ->
                refused(
                    "pool-label-refused",
                    "EKS keeps labels such as %s for itself: take it away".formatted(label)));
  }

  private static Optional<Failure> taints(Pool pool) {
    return pool.taints().size() > MOST_TAINTS
        ? refused(
            "pool-taints-refused",
            "a node group of EKS has %d taints at most".formatted(MOST_TAINTS))
        : Optional.empty();
  }

  private static Optional<Failure> refused(String code, String message) {
    return Optional.of(new Failure.Denied(code, message));
  }
}
