package dev.gatehouse.cluster.revisions;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A revision as text: lines of {@code name: value}, an empty line, then the definition as it was
 * written, down to the last character.
 */
final class RevisionFormat {
  private static final String END = "\n\n";

  private RevisionFormat() {}

  static String write(Revision revision) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("revision", Long.toString(revision.number()));
    lines.put("when", revision.when().toString());
    lines.put("who", revision.author().who());
    lines.put("from", revision.author().from());
    revision.author().why().ifPresent(why -> lines.put("why", why));
    var written = new StringBuilder();
    lines.forEach(
        (name, value) -> written.append(name).append(": ").append(escape(value)).append('\n'));
    return written.append('\n').append(revision.text()).toString();
  }

  /**
   * @throws IllegalArgumentException if it was not written by {@link #write}
   */
  static Revision read(String written) {
    var end = written.indexOf(END);
    if (end < 0) {
      throw new IllegalArgumentException("it has no empty line");
    }
    var lines = new LinkedHashMap<String, String>();
    for (var line : written.substring(0, end).split("\n", -1)) {
      var colon = line.indexOf(": ");
      if (colon < 0) {
        throw new IllegalArgumentException("a line has no colon");
      }
      lines.put(line.substring(0, colon), line.substring(colon + 2).translateEscapes());
    }
    return revision(lines, written.substring(end + END.length()));
  }

  private static Revision revision(Map<String, String> lines, String text) {
    try {
      return new Revision(
          Long.parseLong(value(lines, "revision")),
          text,
          Instant.parse(value(lines, "when")),
          new Author(
              value(lines, "who"), value(lines, "from"), Optional.ofNullable(lines.get("why"))));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it has no time", e);
    }
  }

  private static String value(Map<String, String> lines, String name) {
    return Optional.ofNullable(lines.get(name))
        .orElseThrow(() -> new IllegalArgumentException("it has no " + name));
  }

  /** What {@link String#translateEscapes} takes back. */
  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
