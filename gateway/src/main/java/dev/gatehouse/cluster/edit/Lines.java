package dev.gatehouse.cluster.edit;

/** The lines of a text. Places are those of characters. */
record Lines(String text) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** How this text ends its lines. */
  String eol() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  int start(int at) {
    var start = at;
    while (start > 0 && !isBreak(text.charAt(start - 1))) {
      start--;
    }
    return start == 0 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK && at > 0 ? 1 : start;
  }

  /** Returns the place of the line break, or the end of the text. */
  int end(int at) {
    var end = at;
    while (end < text.length() && !isBreak(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Returns the place behind the line break. */
  int next(int at) {
    var end = end(at);
    if (end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n') {
      return end + 2;
    }
    return Math.min(text.length(), end + 1);
  }

  int column(int at) {
    return at - start(at);
  }

  /** Whether nothing but blanks stands before it on its line. */
  boolean isFirst(int at) {
    return text.substring(start(at), at).isBlank();
  }

  boolean isBlank(int at) {
    return text.substring(start(at), end(at)).isBlank();
  }

  boolean isComment(int at) {
    return text.substring(start(at), end(at)).stripLeading().startsWith("#");
  }

  /** How far the first character of the line stands from the margin. */
  int indentation(int at) {
    var line = text.substring(start(at), end(at));
    return line.length() - line.stripLeading().length();
  }

  /**
   * Returns the last place of a block that is indented by that much: comment lines below it that
   * are indented deeper are its own.
   */
  int ownEnd(int end, int column) {
    var own = end(end);
    for (var at = next(own); at < text.length(); at = next(at)) {
      if (isComment(at) && indentation(at) > column) {
        own = end(at);
      } else if (!isBlank(at)) {
        break;
      }
    }
    return own;
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
