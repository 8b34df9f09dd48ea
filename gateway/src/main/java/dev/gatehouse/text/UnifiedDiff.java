package dev.gatehouse.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines by which two texts differ, in the unified form of POSIX diff, which patch(1) takes. */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;

  /** Of lines compared with lines: more would take too much time and memory. */
  private static final long MOST_COMPARISONS = 4_000_000;

  private static final Pattern AFTER_NEWLINE = Pattern.compile("(?<=\n)");

  private enum Kind {
    SAME(' '),
    OLD('-'),
    NEW('+');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }
  }

  /** Lines keep their ends. */
  private record Edit(Kind kind, String line) {}

  private UnifiedDiff() {}

  /**
   * Returns the lines of the difference, or none if the texts are equal.
   *
   * @param oldName stands in the first line
   * @param newName stands in the second line
   */
  public static List<String> between(String oldName, String before, String newName, String after) {
    if (before.equals(after)) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add("--- " + oldName);
    lines.add("+++ " + newName);
    hunks(edits(split(before), split(after)), lines);
    return List.copyOf(lines);
  }

  private static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(AFTER_NEWLINE.split(text));
  }

  private static List<Edit> edits(List<String> before, List<String> after) {
    var shorter = Math.min(before.size(), after.size());
    var head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    var tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    var edits = new ArrayList<Edit>();
    before.subList(0, head).forEach(l -> edits.add(new Edit(Kind.SAME, l)));
    middle(
        before.subList(head, before.size() - tail),
        after.subList(head, after.size() - tail),
        edits);
    before
        .subList(before.size() - tail, before.size())
        .forEach(l -> edits.add(new Edit(Kind.SAME, l)));
    return edits;
  }

  private static void middle(List<String> before, List<String> after, List<Edit> edits) {
    var i = 0;
    var j = 0;
    if ((long) before.size() * after.size() <= MOST_COMPARISONS) {
      var common = common(before, after);
      while (i < before.size() && j < after.size()) {
        if (before.get(i).equals(after.get(j))) {
          edits.add(new Edit(Kind.SAME, before.get(i)));
          i++;
          j++;
        } else if (common[i + 1][j] >= common[i][j + 1]) {
          edits.add(new Edit(Kind.OLD, before.get(i++)));
        } else {
          edits.add(new Edit(Kind.NEW, after.get(j++)));
        }
      }
    }
    before.subList(i, before.size()).forEach(l -> edits.add(new Edit(Kind.OLD, l)));
    after.subList(j, after.size()).forEach(l -> edits.add(new Edit(Kind.NEW, l)));
  }

  /** Returns how long the longest common subsequence is of what begins at each pair of lines. */
  private static int[][] common(List<String> before, List<String> after) {
    var length = new int[before.size() + 1][after.size() + 1];
    for (var i = before.size() - 1; i >= 0; i--) {
      for (var j = after.size() - 1; j >= 0; j--) {
        length[i][j] =
            before.get(i).equals(after.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length;
  }

  private static void hunks(List<Edit> edits, List<String> lines) {
    var oldLine = 1;
    var newLine = 1;
    for (var at = 0; at < edits.size(); ) {
      var first = nextChange(edits, at);
      if (first == edits.size()) {
        return;
      }
      var from = Math.max(at, first - CONTEXT);
      var to = endOfHunk(edits, first);
      // What is skipped is the same in both.
      oldLine += from - at;
      newLine += from - at;
      var hunk = edits.subList(from, to);
      var olds = (int) hunk.stream().filter(e -> e.kind != Kind.NEW).count();
      var news = (int) hunk.stream().filter(e -> e.kind != Kind.OLD).count();
      lines.add("@@ -%s +%s @@".formatted(range(oldLine, olds), range(newLine, news)));
      hunk.forEach(e -> print(e, lines));
      oldLine += olds;
      newLine += news;
      at = to;
    }
  }

  private static int nextChange(List<Edit> edits, int from) {
    var at = from;
    while (at < edits.size() && edits.get(at).kind == Kind.SAME) {
      at++;
    }
    return at;
  }

  /** Changes with few lines between them share a hunk. */
  private static int endOfHunk(List<Edit> edits, int first) {
    var end = first;
    for (var next = first; next < edits.size() && next - end <= 2 * CONTEXT; ) {
      end = next;
      while (end < edits.size() && edits.get(end).kind != Kind.SAME) {
        end++;
      }
      next = nextChange(edits, end);
    }
    return Math.min(edits.size(), end + CONTEXT);
  }

  private static String range(int line, int count) {
    return switch (count) {
      case 0 -> (line - 1) + ",0";
      case 1 -> String.valueOf(line);
      default -> line + "," + count;
    };
  }

  private static void print(Edit edit, List<String> lines) {
    var ended = edit.line.endsWith("\n");
    var text = ended ? edit.line.substring(0, edit.line.length() - 1) : edit.line;
    lines.add(edit.kind.sign + text);
    if (!ended) {
      lines.add("\\ No newline at end of file");
    }
  }
}
