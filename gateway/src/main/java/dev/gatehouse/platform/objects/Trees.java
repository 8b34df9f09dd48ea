package dev.gatehouse.platform.objects;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads plain trees, in which anything may be missing or of another kind. */
public final class Trees {
  private Trees() {}

  /** Empty if there is none. */
  @SuppressWarnings("unchecked") // the keys of YAML documents and of JSON objects are texts
  public static Map<String, Object> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** Empty if there is none. */
  public static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  /** The empty text if there is none. */
  public static String text(@Nullable Object node) {
    return node == null ? "" : String.valueOf(node);
  }

  /**
   * What stands at a path.
   *
   * @param path keys of maps, separated by dots
   */
  public static Optional<Object> at(Object tree, String path) {
    @Nullable Object node = tree;
    for (var key : path.split("\\.", -1)) {
      node = map(node).get(key);
    }
    return Optional.ofNullable(node);
  }

  public static long number(@Nullable Object node, long otherwise) {
    return node instanceof Number number ? number.longValue() : otherwise;
  }
}
