package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line as a POSIX shell does (Shell Command Language, 2.2 Quoting), without any
 * expansion: the person's own shell has done that already.
 */
final class Words {
  private static final String BLANKS = " \t\r\n";
  private static final String ESCAPED_IN_DOUBLE = "\"\\$`\n";

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /**
   * @throws UserError if a quote is not closed or the line ends in a lone backslash
   */
  static List<String> split(String line) {
    return new Words(line).split();
  }

  private List<String> split() {
    while (at < line.length()) {
      var c = line.charAt(at++);
      switch (c) {
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        case '\\' -> add(next("the line ends in a backslash; write \\\\ for a backslash itself"));
        default -> {
          if (BLANKS.indexOf(c) >= 0) {
            end();
          } else {
            add(c);
          }
        }
      }
    }
    end();
    return List.copyOf(words);
  }

  private void singleQuoted() {
    inWord = true;
    for (char c; (c = next(unclosed("'"))) != '\''; ) {
      word.append(c);
    }
  }

  private void doubleQuoted() {
    inWord = true;
    for (char c; (c = next(unclosed("\""))) != '"'; ) {
      if (c == '\\') {
        c = next(unclosed("\""));
        if (ESCAPED_IN_DOUBLE.indexOf(c) < 0) {
          word.append('\\');
        }
      }
      word.append(c);
    }
  }

  private char next(String otherwise) {
    if (at == line.length()) {
      throw UserError.usage(otherwise);
    }
    return line.charAt(at++);
  }

  private static String unclosed(String quote) {
    return "a quote is not closed: there is a %s without a second one".formatted(quote);
  }

  private void add(char c) {
    inWord = true;
    word.append(c);
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
