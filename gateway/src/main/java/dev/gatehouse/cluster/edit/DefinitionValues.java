package dev.gatehouse.cluster.edit;

import dev.gatehouse.failure.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a text of the definition says, as maps, lists and scalars, and where it says so. */
public final class DefinitionValues {
  private static final String PREFIX = "tag:yaml.org,2002:";
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final String text;
  private final Optional<Part> root;

  private DefinitionValues(String text) {
    this.text = text;
    this.root = Parts.of(text);
  }

  /**
   * @throws UserError if the text is no YAML
   */
  public static DefinitionValues of(String text) {
    return new DefinitionValues(text);
  }

  /** Returns all of it; null if it says nothing. */
  public @Nullable Object all() {
    return root.map(DefinitionValues::value).orElse(null);
  }

  /**
   * Returns the value at a path; null if there is a key without one.
   *
   * @throws UserError if the text does not say it
   */
  public @Nullable Object at(ValuePath path) {
    return value(require(path));
  }

  /** Returns the value at a path, if the text gives one. */
  public Optional<Object> find(ValuePath path) {
    return Way.along(root, path).target().map(t -> value(t.part()));
  }

  /**
   * Returns what is written at a path: a scalar's value, and of a map or list its lines, moved to
   * the left.
   *
   * @throws UserError if the text does not say it
   */
  public String writtenAt(ValuePath path) {
    var part = require(path);
    return switch (part) {
      case Part.Scalar(_, _, _, var value, _) -> ended(value);
      case Part.Alias alias -> ended(lines(alias.target()));
      case Part.Sequence _, Part.Mapping _ -> ended(lines(part));
    };
  }

  private static String ended(String lines) {
    return lines.endsWith("\n") ? lines : lines + "\n";
  }

  private String lines(Part part) {
    var column = part.start() - text.lastIndexOf('\n', part.start() - 1) - 1;
    return text.substring(part.start(), part.end())
        .replaceAll("\n {0,%d}".formatted(column), "\n");
  }

  /** Returns the paths of all keys, those of items in lists left out, in their order. */
  public List<ValuePath> keys() {
    var keys = new ArrayList<ValuePath>();
    root.ifPresent(r -> keys(r, new ValuePath(List.of()), keys));
    return keys;
  }

  private static void keys(Part part, ValuePath path, List<ValuePath> keys) {
    if (part instanceof Part.Mapping mapping) {
      for (var entry : mapping.entries()) {
        if (entry.key() instanceof Part.Scalar key) {
          keys.add(path.key(key.value()));
          keys(entry.value(), path.key(key.value()), keys);
        }
      }
    }
  }

  private Part require(ValuePath path) {
    var way = Way.along(root, path);
    return way.target().orElseThrow(() -> way.missing(path)).part();
  }

  private static @Nullable Object value(Part part) {
    return switch (part) {
      case Part.Scalar scalar -> scalar(scalar);
      case Part.Alias alias -> value(alias.target());
      case Part.Sequence list -> {
        var items = new ArrayList<@Nullable Object>();
        list.items().forEach(item -> items.add(value(item)));
        yield items;
      }
      case Part.Mapping mapping -> {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        mapping
            .entries()
            .forEach(e -> entries.put(String.valueOf(value(e.key())), value(e.value())));
        yield entries;
      }
    };
  }

  /** What is no number in Java stays the text that it is, such as {@code 0x1F}. */
  private static @Nullable Object scalar(Part.Scalar scalar) {
    var text = scalar.value();
    try {
      return switch (scalar.tag()) {
        case PREFIX + "null" -> null;
        case PREFIX + "bool" -> TRUE.contains(text.toLowerCase(Locale.ROOT));
        case PREFIX + "int" -> Long.valueOf(text);
        case PREFIX + "float" -> new BigDecimal(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
