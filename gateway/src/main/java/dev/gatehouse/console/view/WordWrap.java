package dev.gatehouse.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks text into lines between its words. */
public final class WordWrap {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int ALL = -1;

  private WordWrap() {}

  /** At least one line, none wider than so many columns; a longer word is broken. */
  public static List<Line> lines(String text, int columns) {
    var lines = new ArrayList<Line>();
    var line = "";
    for (var word : BLANKS.split(text.strip(), ALL)) {
      var longer = line.isEmpty() ? word : line + " " + word;
      if (Line.of(longer).width() <= columns) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(Line.of(line));
      }
      line = word;
      // A character that is wider than a line has one to itself.
      while (Line.of(line).width() > columns) {
        var end = Math.max(Line.head(line, columns).length(), line.offsetByCodePoints(0, 1));
        lines.add(Line.of(line.substring(0, end)));
        line = line.substring(end);
      }
    }
    lines.add(Line.of(line));
    return lines;
  }
}
