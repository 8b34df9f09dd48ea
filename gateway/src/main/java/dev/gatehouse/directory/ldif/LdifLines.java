package dev.gatehouse.directory.ldif;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Unfolds LDIF: a line that begins with a blank continues the one before (RFC 2849, note 2). */
final class LdifLines {
  private static final Pattern DN = Pattern.compile("(?i)dn:.*");
  private static final Pattern CHANGE = Pattern.compile("(?i)changetype:(?!\\s*add\\s*$).*");
  private static final Pattern URL = Pattern.compile("[^#:][^:]*:<.*");

  private LdifLines() {}

  /**
   * @param number of its first part, from 1
   */
  record Line(int number, String text) {
    boolean beginsEntry() {
      return DN.matcher(text).matches();
    }

    /** RFC 2849, "changerecord"; to add an entry is to write it. */
    boolean isChange() {
      return CHANGE.matcher(text).matches();
    }

    /** The value is a URL of a file on this machine: an LDIF from elsewhere could read any. */
    boolean readsAnotherFile() {
      return URL.matcher(text).matches();
    }
  }

  static List<Line> of(String text) {
    var lines = new ArrayList<Line>();
    var number = 0;
    var first = 0;
    var unfolded = new StringBuilder();
    for (var part : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (part.startsWith(" ")) {
        unfolded.append(part, 1, part.length());
      } else {
        lines.add(new Line(first, unfolded.toString()));
        unfolded.setLength(0);
        unfolded.append(part);
        first = number;
      }
    }
    lines.add(new Line(first, unfolded.toString()));
    return lines;
  }
}
