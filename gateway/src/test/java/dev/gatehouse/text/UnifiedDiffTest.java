package dev.gatehouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnifiedDiffTest {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

  @Test
  void between_equalTexts_isEmpty() {
    assertThat(diff("a\nb\n", "a\nb\n")).isEmpty();
    assertThat(diff("", "")).isEmpty();
  }

  /** As GNU diff 3.8 prints it. */
  @Test
  void between_changedLine_hasThreeLinesAround() {
    var before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assertThat(diff(before, before.replace("5", "five")))
        .containsExactly(
            "--- old",
            "+++ new",
            "@@ -2,7 +2,7 @@",
            " 2",
            " 3",
            " 4",
            "-5",
            "+five",
            " 6",
            " 7",
            " 8");
  }

  @Test
  void between_changesFarApart_haveAHunkEach() {
    var before = lines(1, 30);
    var after = before.replace("3\n4\n", "3\nnew\n4\n").replace("25\n", "");
    assertThat(diff(before, after))
        .filteredOn(l -> l.startsWith("@@"))
        .containsExactly("@@ -1,6 +1,7 @@", "@@ -22,7 +23,6 @@");
  }

  @Test
  void between_nothingAndSomething_countsFromZero() {
    assertThat(diff("", "a\nb\n"))
        .containsExactly("--- old", "+++ new", "@@ -0,0 +1,2 @@", "+a", "+b");
    assertThat(diff("a\n", "")).containsExactly("--- old", "+++ new", "@@ -1 +0,0 @@", "-a");
  }

  @Test
  void between_lastLineWithoutItsEnd_isTold() {
    assertThat(diff("a\nb", "a\nb\n"))
        .containsExactly(
            "--- old",
            "+++ new",
            "@@ -1,2 +1,2 @@",
            " a",
            "-b",
            "\\ No newline at end of file",
            "+b");
    assertThat(diff("a\nb", "c\nb"))
        .containsExactly(
            "--- old",
            "+++ new",
            "@@ -1,2 +1,2 @@",
            "-a",
            "+c",
            " b",
            "\\ No newline at end of file");
  }

  /** What patch(1) does with it: the oracle is the new text itself. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void between_anyTexts_patchesOneToTheOther(long seed) {
    var random = new Random(seed);
    for (var i = 0; i < 200; i++) {
      var before = text(random);
      var after = text(random);
      assertThat(patched(before, diff(before, after))).isEqualTo(after);
    }
  }

  /** Two texts that have nothing in common must not cost a square of their lengths. */
  @Test
  void between_longTextsWithNothingInCommon_replacesAll() {
    var before = IntStream.range(0, 60_000).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
    var after = IntStream.range(0, 60_000).mapToObj(i -> "b" + i).collect(Collectors.joining("\n"));
    assertThat(patched(before, diff(before, after))).isEqualTo(after);
  }

  private static List<String> diff(String before, String after) {
    return UnifiedDiff.between("old", before, "new", after);
  }

  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  /** Few different lines, so that much is alike. */
  private static String text(Random random) {
    var text = new StringBuilder();
    for (var n = random.nextInt(30); n > 0; n--) {
      text.append((char) ('a' + random.nextInt(4))).append('\n');
    }
    if (!text.isEmpty() && random.nextBoolean()) {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  private static String patched(String before, List<String> diff) {
    var old = before.isEmpty() ? List.<String>of() : List.of(before.split("(?<=\n)"));
    var made = new ArrayList<String>();
    var at = 0;
    for (var i = 2; i < diff.size(); i++) {
      var line = diff.get(i);
      var hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        var first = Integer.parseInt(hunk.group(1)) - ("0".equals(hunk.group(2)) ? 0 : 1);
        made.addAll(old.subList(at, first));
        at = first;
        continue;
      }
      var end = i + 1 < diff.size() && diff.get(i + 1).startsWith("\\") ? "" : "\n";
      switch (line.charAt(0)) {
        case ' ' -> made.add(old.get(at++));
        case '-' -> assertThat(old.get(at++)).isEqualTo(line.substring(1) + end);
        case '+' -> made.add(line.substring(1) + end);
        default -> assertThat(line).startsWith("\\");
      }
    }
    made.addAll(old.subList(at, old.size()));
    return String.join("", made);
  }
}
