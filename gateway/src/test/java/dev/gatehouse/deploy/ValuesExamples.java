package dev.gatehouse.deploy;

import java.util.List;
import java.util.regex.Pattern;

/** The examples in comments of the foundation's values.yaml. */
final class ValuesExamples {
  /** A StorageClass: its name, and lines that are indented deeper. */
  private static final Pattern STORAGE_CLASS =
      Pattern.compile("(?m)^#   (?=gatehouse-homes:)(.*\n(?:#     .*\n)+)");

  private static final Pattern ALLOWED = Pattern.compile("(?m)^  #   - (\\{name: .*})$");

  private ValuesExamples() {}

  /** Each a YAML map of one class, indented. */
  static List<String> storageClasses() {
    return STORAGE_CLASS
        .matcher(Chart.FOUNDATION.text("values.yaml"))
        .results()
        .map(match -> ("#   " + match.group(1)).replaceAll("(?m)^#", ""))
        .toList();
  }

  /** Entries of {@code network.allow}. */
  static List<String> allowed() {
    return ALLOWED
        .matcher(Chart.FOUNDATION.text("values.yaml"))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
