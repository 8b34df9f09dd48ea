package dev.gatehouse.console.changes;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.edit.NewValue;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A list on one line: {@code [ml, hpc]}. */
public final class FlowList {
  /** What YAML takes for the text that it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*|[0-9]+");

  private static final Set<String> OTHER =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private FlowList() {}

  public static NewValue of(Collection<?> words) {
    return new NewValue.Yaml(
        words.stream().map(w -> word(w.toString())).collect(joining(", ", "[", "]")));
  }

  /** Returns a word as it stands in such a list: in quotes, if YAML would take it for another. */
  public static String word(String word) {
    return PLAIN.matcher(word).matches() && !OTHER.contains(word.toLowerCase(Locale.ROOT))
        ? word
        : "'" + word.replace("'", "''") + "'";
  }
}
