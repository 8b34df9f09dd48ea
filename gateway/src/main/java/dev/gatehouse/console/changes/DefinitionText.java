package dev.gatehouse.console.changes;

import dev.gatehouse.cluster.edit.TemporaryEdit;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text of the definition: what it says, and the same text with one thing changed. */
public final class DefinitionText {
  private final String text;

  private DefinitionText(String text) {
    this.text = text;
  }

  public static DefinitionText of(String text) {
    return new DefinitionText(text);
  }

  public static Object value(String yaml) {
    var value = TemporaryEdit.load(yaml);
    return value == null ? "" : value;
  }

  public @Nullable Object values() {
    return TemporaryEdit.load(text);
  }

  public @Nullable Object valueOf(String path) {
    return find(path)
        .orElseThrow(
            () -> new UserError(ExitCode.DATAERR, "the definition does not say " + path));
  }

  public String textOf(String path) {
    return TemporaryEdit.dump(valueOf(path));
  }

  public boolean has(String path) {
    return find(path).isPresent();
  }

  private Optional<Object> find(String path) {
    Object at = values();
    for (var key : path.split("\\.")) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return Optional.ofNullable(at);
  }

  public String with(String path, Object value) {
    return changed(path, value);
  }

  public String without(String path) {
    var _ = valueOf(path);
    return changed(path, null);
  }

  @SuppressWarnings("unchecked")
  private String changed(String path, @Nullable Object value) {
    var root = values() instanceof Map<?, ?> m ? (Map<String, Object>) m : new LinkedHashMap<String, Object>();
    var at = root;
    var keys = path.split("\\.");
    for (var i = 0; i < keys.length - 1; i++) {
      at = (Map<String, Object>) at.computeIfAbsent(keys[i], _ -> new LinkedHashMap<String, Object>());
    }
    if (value == null) {
      at.remove(keys[keys.length - 1]);
    } else {
      at.put(keys[keys.length - 1], value);
    }
    return TemporaryEdit.dump(root);
  }

  public List<String> paths() {
    return new ArrayList<>();
  }
}
