package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes of a pool boot. The site's own node class has the role, the subnets and the
 * security groups; a pool that asks for another disk or image gets a copy of it with these.
 */
record NodeClasses(Provisioner provisioner, LiveObjects live) {
  private static final String USUAL = "default";
  private static final String BOTTLEROCKET = "bottlerocket";
  private static final String AL2023 = "al2023";
  private static final String SYSTEM_DISK = "4Gi";

  /** The name that the NodePool refers to. */
  String nameFor(Pool pool) {
    return isOwn(pool) ? NodePools.nameOf(pool.name()) : site().key().name();
  }

  /** The object that the pool needs for itself; empty if the site's will do. */
  Optional<KubernetesObject> wanted(Pool pool) {
    if (!isOwn(pool)) {
      return Optional.empty();
    }
    var key = provisioner.nodeClass(NodePools.nameOf(pool.name()));
    return Optional.of(
        new KubernetesObject(
            key,
            Map.of(
                "apiVersion", key.apiVersion(),
                "kind", key.kind(),
                "metadata", Map.of("name", key.name(), "labels", NodePools.OURS),
                "spec", spec(pool))));
  }

  private static boolean isOwn(Pool pool) {
    return pool.disk().isPresent() || pool.image().isPresent();
  }

  private KubernetesObject site() {
    var kind = provisioner.nodeClass(USUAL);
    var theirs =
        live.list(kind.apiVersion(), kind.kind(), "", "").stream()
            .filter(c -> !NodePools.isOurs(c))
            .toList();
    return theirs.stream()
        .filter(c -> c.key().name().equals(USUAL))
        .findFirst()
        .or(() -> theirs.size() == 1 ? Optional.of(theirs.getFirst()) : Optional.empty())
        .orElseThrow(() -> new FailureException(missing(kind, theirs.size())));
  }

  private static Failure missing(ObjectKey kind, int others) {
    return new Failure.Unavailable(
        "pool-node-class-missing",
        "the cluster has %s %s, from which a pool has the role, the subnets and the security groups of its nodes: make one, and call it %s"
            .formatted(others == 0 ? "no" : others + " objects of kind", kind.kind(), USUAL));
  }

  // ---- the copy ----

  private Map<String, Object> spec(Pool pool) {
    var spec = new LinkedHashMap<>(site().spec());
    switch (provisioner) {
      case KARPENTER -> {
        pool.image().ifPresent(image -> image(image, spec));
        pool.disk()
            .ifPresent(disk -> spec.put("blockDeviceMappings", disks(disk.text(), family(spec))));
      }
      case AUTO_MODE ->
          pool.disk()
              .ifPresent(
                  disk -> {
                    var storage = new LinkedHashMap<>(Trees.map(spec.get("ephemeralStorage")));
                    storage.put("size", disk.text());
                    spec.put("ephemeralStorage", storage);
                  });
    }
    return spec;
  }

  /** Why the pool cannot have the image that it asks for; empty if it can. */
  Optional<Failure> refusal(Pool pool) {
    return pool.image().flatMap(this::refusal);
  }

  private Optional<Failure> refusal(String image) {
    return switch (provisioner) {
      case AUTO_MODE ->
          Optional.of(
              new Failure.Denied(
                  "pool-image-refused",
                  "EKS Auto Mode chooses the image of its nodes itself: take image away"));
      case KARPENTER ->
          isId(image) || alias(image).isPresent()
              ? Optional.empty()
              : Optional.of(
                  new Failure.Denied(
                      "pool-image-refused",
                      "Karpenter knows AL2023_…, BOTTLEROCKET_… and the ids of images (ami-…), not %s"
                          .formatted(image)));
    };
  }

  private static boolean isId(String image) {
    return image.startsWith("ami-");
  }

  /** Of EKS' word for a kind of image; Karpenter takes the one for the instance type by itself. */
  private static Optional<String> alias(String image) {
    return image.startsWith("AL2023_")
        ? Optional.of(AL2023)
        : image.startsWith("BOTTLEROCKET_") ? Optional.of(BOTTLEROCKET) : Optional.empty();
  }

  private static void image(String image, Map<String, Object> spec) {
    var family = family(spec);
    if (isId(image)) {
      // Without an alias Karpenter asks for the family, by which it writes the user data.
      spec.put("amiFamily", family.equals(BOTTLEROCKET) ? "Bottlerocket" : "AL2023");
      spec.put("amiSelectorTerms", List.of(Map.of("id", image)));
    } else {
      spec.remove("amiFamily");
      spec.put(
          "amiSelectorTerms", List.of(Map.of("alias", alias(image).orElse(AL2023) + "@latest")));
    }
  }

  private static String family(Map<String, Object> spec) {
    var terms = Trees.list(spec.get("amiSelectorTerms"));
    var alias = terms.isEmpty() ? "" : Trees.text(Trees.map(terms.getFirst()).get("alias"));
    return alias.startsWith(BOTTLEROCKET) || "Bottlerocket".equals(spec.get("amiFamily"))
        ? BOTTLEROCKET
        : AL2023;
  }

  /** Bottlerocket has its system on a disk of its own. */
  private static List<Object> disks(String size, String family) {
    return family.equals(BOTTLEROCKET)
        ? List.of(disk("/dev/xvda", SYSTEM_DISK), disk("/dev/xvdb", size))
        : List.of(disk("/dev/xvda", size));
  }

  private static Map<String, Object> disk(String device, String size) {
    return Map.of(
        "deviceName",
        device,
        "ebs",
        Map.of("volumeSize", size, "volumeType", "gp3", "encrypted", true));
  }
}
