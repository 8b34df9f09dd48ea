package dev.gatehouse.console.view;

import dev.gatehouse.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * One line for a person's screen. Whatever text is put into it is made safe at that moment ({@link
 * SafeText}), and the only escape sequences are its own.
 */
public final class Line {
  /** Subtle: the text says it all without them, but for PAPER. */
  public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    BUSY("33"),
    BAD("31"),
    /** Black on white, whatever the terminal's own colours are. */
    PAPER("30;107");

    private final String sgr;

    Style(String sgr) {
      this.sgr = sgr;
    }
  }

  private record Part(Style style, String text) {}

  private final List<Part> parts = new ArrayList<>();

  public static Line of(String text) {
    return new Line().add(text);
  }

  public static Line of(Style style, String text) {
    return new Line().add(style, text);
  }

  public Line add(String text) {
    return add(Style.PLAIN, text);
  }

  public Line add(Style style, String text) {
    parts.add(new Part(style, SafeText.of(text)));
    return this;
  }

  Line add(Line other) {
    parts.addAll(other.parts);
    return this;
  }

  /** Adds a tab between two cells of plain output: safe, as it is ours. */
  Line tab() {
    if (!parts.isEmpty()) {
      parts.add(new Part(Style.PLAIN, "\t"));
    }
    return this;
  }

  /** Adds blanks until the line is this many columns wide. */
  public Line pad(int columns) {
    return add(" ".repeat(Math.max(0, columns - width())));
  }

  /** In terminal columns: a CJK character takes two. */
  int width() {
    return parts.stream().mapToInt(p -> width(p.text)).sum();
  }

  /** The same line in at most this many columns, with … where something is missing. */
  Line cut(int columns) {
    if (width() <= columns) {
      return this;
    }
    var cut = new Line();
    var left = columns - 1;
    for (var part : parts) {
      var text = head(part.text, left);
      cut.add(part.style, text.length() < part.text.length() ? text + "…" : text);
      if (text.length() < part.text.length()) {
        break;
      }
      left -= width(text);
    }
    return cut;
  }

  public String render(boolean colour) {
    var text = new StringBuilder();
    for (var part : parts) {
      if (colour
          && !part.style.sgr.isEmpty()
          && (part.style == Style.PAPER || !part.text.isBlank())) {
        text.append("\u001b[").append(part.style.sgr).append('m');
        text.append(part.text).append("\u001b[0m");
      } else {
        text.append(part.text);
      }
    }
    return text.toString();
  }

  static String head(String text, int columns) {
    var end = 0;
    var used = 0;
    while (end < text.length()) {
      var c = text.codePointAt(end);
      used += Math.max(0, WCWidth.wcwidth(c));
      if (used > columns) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  private static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }
}
