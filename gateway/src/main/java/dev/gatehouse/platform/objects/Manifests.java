package dev.gatehouse.platform.objects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** Reads and writes manifests: YAML documents, each an object or a List of objects. */
public final class Manifests {
  private static final int MAX_CODE_POINTS = 16 << 20;

  private Manifests() {}

  /**
   * Reads the objects in a manifest.
   *
   * @param namespace of objects that have one and do not say which
   */
  public static List<KubernetesObject> read(String manifest, String namespace) {
    var objects = new ArrayList<KubernetesObject>();
    for (var document : yaml().loadAll(manifest)) {
      add(Trees.map(document), namespace, objects);
    }
    return objects;
  }

  /**
   * Reads one document that is no object. Returns an empty map for anything else, such as a text
   * that somebody has broken by hand: an apply must be able to replace it.
   */
  public static Map<String, Object> tree(String document) {
    try {
      return Trees.map(yaml().load(document));
    } catch (YAMLException e) {
      return Map.of();
    }
  }

  /** Writes one document. */
  public static String write(Map<String, Object> tree) {
    return yaml().dump(tree);
  }

  /**
   * Makes an object of its tree.
   *
   * @param namespace as {@link #read}
   */
  public static KubernetesObject object(Map<String, Object> tree, String namespace) {
    var metadata = Trees.map(tree.get("metadata"));
    var kind = Trees.text(tree.get("kind"));
    var own = Trees.text(metadata.get("namespace"));
    var where = Kinds.isOfCluster(kind) ? "" : own.isEmpty() ? namespace : own;
    return new KubernetesObject(
        new ObjectKey(
            Trees.text(tree.get("apiVersion")), kind, where, Trees.text(metadata.get("name"))),
        Trees.map(withoutNulls(tree)));
  }

  private static void add(
      Map<String, Object> document, String namespace, List<KubernetesObject> objects) {
    if (Trees.text(document.get("kind")).equals("List")) {
      Trees.list(document.get("items")).forEach(i -> add(Trees.map(i), namespace, objects));
    } else if (!document.isEmpty()) {
      objects.add(object(document, namespace));
    }
  }

  private static @Nullable Object withoutNulls(@Nullable Object node) {
    return switch (node) {
      case Map<?, ?> map -> {
        var kept = new LinkedHashMap<String, Object>();
        map.forEach(
            (key, value) -> {
              if (value != null) {
                kept.put(String.valueOf(key), withoutNulls(value));
              }
            });
        yield kept;
      }
      case List<?> list -> list.stream().map(Manifests::withoutNulls).toList();
      case null, default -> node;
    };
  }

  private static Yaml yaml() {
    var limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CODE_POINTS);
    var layout = new DumperOptions();
    layout.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    layout.setIndicatorIndent(2);
    layout.setIndentWithIndicator(true);
    return new Yaml(
        new SafeConstructor(limits),
        new Representer(layout),
        layout,
        limits,
        new KubernetesScalars());
  }
}
