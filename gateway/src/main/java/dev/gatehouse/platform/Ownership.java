package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whose an object is, and what that means for an apply. */
final class Ownership {
  private Ownership() {}

  /** Whether no release of Helm's claims it, so that one of ours may. */
  static boolean isFree(KubernetesObject object) {
    return object.annotations().keySet().stream().noneMatch(a -> a.startsWith("meta.helm.sh/"));
  }

  static Failure others(KubernetesObject object) {
    return new Failure.Denied(
        "release-not-ours",
        "%s is there already and belongs to %s: delete it%s"
            .formatted(
                object.key(),
                object.owner(),
                isFree(object) ? ", or have it taken over with --adopt" : " there first"));
  }

  static Failure ending(ObjectKey object) {
    return new Failure.Unavailable(
        "namespace-terminating",
        "%s is being deleted; wait until it is gone, and run this again".formatted(object));
  }

  static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    var more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
