package dev.gatehouse.platform.objects;

import java.util.Comparator;

/**
 * Which object of a cluster.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param namespace empty for what belongs to the cluster as a whole
 */
public record ObjectKey(String apiVersion, String kind, String namespace, String name)
    implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::kind)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name)
          .thenComparing(ObjectKey::apiVersion);

  /** The API group; empty for the core group. */
  public String group() {
    var slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** All of the kind in the namespace. */
  ObjectKey unnamed() {
    return new ObjectKey(apiVersion, kind, namespace, "");
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /** As people name it: {@code Deployment gatehouse/gatehouse}. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? kind + " " + name : "%s %s/%s".formatted(kind, namespace, name);
  }
}
