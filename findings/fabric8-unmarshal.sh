#!/usr/bin/env bash
# fabric8 kubernetes-client 8.0.0: Serialization.unmarshal(text, ConfigMap.class) does not check what it reads.
# A guess: it returns a ConfigMap or throws. In fact the manifest of a Secret becomes a ConfigMap, and two documents
# become an ArrayList, which fails with a ClassCastException only where the caller uses the value.
# Whoever reads manifests of others should split documents and compare apiVersion and kind first.
#
# Seen:
#   a ConfigMap: ConfigMap, kind ConfigMap
#   a Secret: ConfigMap, kind Secret
#   two ConfigMaps: java.util.ArrayList
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars io.fabric8:kubernetes-client:8.0.0

cat > Unmarshal.java <<'END'
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;

class Unmarshal {
  static String manifest(String kind) {
    return "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: example\n";
  }

  static void show(String title, String text) {
    var map = Serialization.unmarshal(text, ConfigMap.class);
    System.out.printf("%s: %s, kind %s%n", title, map.getClass().getSimpleName(), map.getKind());
  }

  public static void main(String[] args) {
    show("a ConfigMap", manifest("ConfigMap"));
    show("a Secret", manifest("Secret"));
    var two = manifest("ConfigMap") + "---\n" + manifest("ConfigMap");
    Class<ConfigMap> asked = ConfigMap.class;
    Object read = Unmarshal.<Object>untyped(two, (Class<?>) asked);
    System.out.println("two ConfigMaps: " + read.getClass().getName());
  }

  /** Without the cast that javac adds where the class is known. */
  @SuppressWarnings("unchecked")
  static <T> T untyped(String text, Class<?> type) {
    return Serialization.unmarshal(text, (Class<T>) type);
  }
}
END
java_run Unmarshal.java > out
seen out
