package dev.gatehouse.console.changes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text of the definition: what it says, and the same text with one thing changed.
 */
public final class DefinitionText {
  private DefinitionText() {}

  public static DefinitionText of(String text) {
    throw new UnsupportedOperationException(text);
  }

  public @Nullable Object values() {
    throw new UnsupportedOperationException();
  }

  public @Nullable Object valueOf(String path) {
    throw new UnsupportedOperationException(path);
  }

  public String textOf(String path) {
    throw new UnsupportedOperationException(path);
  }

  public String with(String path, String value) {
    throw new UnsupportedOperationException(path + value);
  }

  public String without(String path) {
    throw new UnsupportedOperationException(path);
  }

  public List<String> paths() {
    throw new UnsupportedOperationException();
  }
}
