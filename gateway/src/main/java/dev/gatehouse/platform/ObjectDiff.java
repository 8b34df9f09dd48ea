package dev.gatehouse.platform;

import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object an apply would change, from three sides: what was applied last, what is
 * to be applied, and what the cluster has. A field that is to be applied and that the cluster has
 * otherwise is changed. A field that was applied, is not to be applied any more, and that the
 * cluster has is taken away. What only the cluster has is the server's or somebody else's, and is
 * left alone.
 */
final class ObjectDiff {
  /** What the server writes, and nobody applies. */
  private static final Set<String> SERVERS = Set.of("apiVersion", "kind", "status");

  private static final Set<String> SERVERS_METADATA =
      Set.of(
          "creationTimestamp",
          "generation",
          "managedFields",
          "name",
          "namespace",
          "resourceVersion",
          "selfLink",
          "uid");

  private final List<FieldChange> changes = new ArrayList<>();
  private final boolean isSecret;

  private ObjectDiff(boolean isSecret) {
    this.isSecret = isSecret;
  }

  /**
   * @param applied what was applied before, the latest first: more than one if an apply has failed
   *     since one succeeded
   */
  static List<FieldChange> between(
      List<KubernetesObject> applied, KubernetesObject wanted, KubernetesObject live) {
    var diff = new ObjectDiff(wanted.key().kind().equals("Secret"));
    diff.maps("", applied.stream().map(ObjectDiff::body).toList(), body(wanted), body(live));
    return List.copyOf(diff.changes);
  }

  /** Without what is not applied, and with a Secret's texts as the server keeps them. */
  private static Map<String, Object> body(KubernetesObject object) {
    var body = new LinkedHashMap<>(object.tree());
    body.keySet().removeAll(SERVERS);
    var metadata = new LinkedHashMap<>(Trees.map(body.get("metadata")));
    metadata.keySet().removeAll(SERVERS_METADATA);
    body.put("metadata", metadata);
    return object.key().kind().equals("Secret") ? SecretData.encoded(body) : body;
  }

  private void maps(
      String path,
      List<Map<String, Object>> applied,
      Map<String, Object> wanted,
      Map<String, Object> live) {
    wanted.forEach(
        (key, value) -> {
          var before =
              applied.stream().filter(a -> a.containsKey(key)).map(a -> a.get(key)).toList();
          values(child(path, key), before, value, live.get(key));
        });
    for (var last : applied) {
      last.forEach(
          (key, value) -> {
            if (!wanted.containsKey(key)) {
              gone(child(path, key), value, live.get(key));
            }
          });
    }
  }

  private void values(String path, List<Object> applied, Object wanted, @Nullable Object live) {
    if (live == null) {
      missing(path, applied, wanted);
    } else if (wanted instanceof Map<?, ?> && live instanceof Map<?, ?>) {
      maps(path, applied.stream().map(Trees::map).toList(), Trees.map(wanted), Trees.map(live));
    } else if (wanted instanceof List<?> w && live instanceof List<?> l) {
      lists(path, applied, w, l);
    } else if (!Scalars.equal(path, wanted, live)) {
      changed(path, live, wanted);
    }
  }

  /** The server leaves out what says no more than that there is nothing. */
  private void missing(String path, List<Object> applied, Object wanted) {
    switch (wanted) {
      case Map<?, ?> map ->
          maps(path, applied.stream().map(Trees::map).toList(), Trees.map(map), Map.of());
      case List<?> list when list.isEmpty() -> {}
      default -> {
        if (!Scalars.isLeftOut(path, wanted)) {
          added(path, wanted);
        }
      }
    }
  }

  // ---- lists ----

  private void lists(String path, List<Object> applied, List<?> wanted, List<?> live) {
    var keys = MergeKeys.of(path, wanted);
    if (keys.isPresent()) {
      keyed(path, keys.get(), applied.stream().map(Trees::list).toList(), wanted, live);
    } else if (wanted.size() != live.size()) {
      changed(path, live, wanted);
    } else {
      for (var i = 0; i < wanted.size(); i++) {
        item("%s[%d]".formatted(path, i), List.of(), wanted.get(i), live.get(i));
      }
    }
  }

  private void keyed(
      String path, MergeKeys keys, List<List<?>> applied, List<?> wanted, List<?> live) {
    var now = keys.byKey(live);
    var before = applied.stream().map(keys::byKey).toList();
    var next = keys.byKey(wanted);
    next.forEach(
        (key, item) ->
            item(
                "%s[%s]".formatted(path, key),
                before.stream().filter(b -> b.containsKey(key)).map(b -> b.get(key)).toList(),
                item,
                now.get(key)));
    for (var last : before) {
      last.forEach(
          (key, item) -> {
            var there = now.get(key);
            if (!next.containsKey(key) && there != null) {
              removed("%s[%s]".formatted(path, key), there);
            }
          });
    }
  }

  private void item(String path, List<Object> applied, Object wanted, @Nullable Object live) {
    if (live == null) {
      added(path, wanted);
    } else {
      values(path, applied, wanted, live);
    }
  }

  // ---- what goes ----

  private void gone(String path, Object applied, @Nullable Object live) {
    if (live == null) {
      return;
    }
    if (applied instanceof Map<?, ?> map && live instanceof Map<?, ?>) {
      Trees.map(map)
          .forEach((key, value) -> gone(child(path, key), value, Trees.map(live).get(key)));
    } else {
      removed(path, live);
    }
  }

  // ---- what is told ----

  private void added(String path, Object wanted) {
    tell(new FieldChange(path, Optional.empty(), Optional.of(shown(path, wanted))));
  }

  private void removed(String path, Object live) {
    tell(new FieldChange(path, Optional.of(shown(path, live)), Optional.empty()));
  }

  private void changed(String path, Object live, Object wanted) {
    tell(new FieldChange(path, Optional.of(shown(path, live)), Optional.of(shown(path, wanted))));
  }

  private void tell(FieldChange change) {
    if (changes.stream().noneMatch(c -> c.path().equals(change.path()))) {
      changes.add(change);
    }
  }

  private String shown(String path, Object value) {
    return isSecret && path.startsWith("data") ? SecretData.HIDDEN : Scalars.shown(value);
  }

  private static String child(String path, String key) {
    var word = key.contains(".") ? "[%s]".formatted(key) : path.isEmpty() ? key : "." + key;
    return path + word;
  }
}
