package dev.gatehouse.console.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextBufferTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a\n", "\n", "a\n\nb", "a\r\nb\r\n", "a\r\nb\n", "a\rb", "ü\n\t\ud83d\ude00"})
  void text_unchanged_isAsItWas(String text) {
    assertThat(new TextBuffer(text).text()).isEqualTo(text);
  }

  @Test
  void insert_inATextOfDos_endsLinesAsTheOthers() {
    var buffer = new TextBuffer("a\r\nb\r\n");
    buffer.goTo(0, 1);
    assertThat(buffer.insert("\nc")).isTrue();
    assertThat(buffer.text()).isEqualTo("a\r\nc\r\nb\r\n");
  }

  /** Each step against a plain string with a cursor. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void edits_anyOfThem_areThoseOfAString(long seed) {
    var random = new Random(seed);
    var buffer = new TextBuffer("one\ntwo\n\nthree \ud83d\ude00x");
    var model = new StringBuilder(buffer.text());
    for (var i = 0; i < 3000; i++) {
      buffer.goTo(random.nextInt(buffer.rows().size() + 1), random.nextInt(8));
      var at = offset(buffer);
      switch (random.nextInt(5)) {
        case 0 -> {
          buffer.insert("x\ny");
          model.insert(at, "x\ny");
        }
        case 1 -> {
          buffer.insert("\ud83d\ude00");
          model.insert(at, "\ud83d\ude00");
        }
        case 2 -> {
          buffer.eraseBefore();
          if (at > 0) {
            model.delete(model.offsetByCodePoints(at, -1), at);
          }
        }
        case 3 -> {
          buffer.eraseAfter();
          if (at < model.length()) {
            model.delete(at, model.offsetByCodePoints(at, 1));
          }
        }
        default -> {
          var before = buffer.text();
          buffer.insert("q");
          assertThat(buffer.undo()).isTrue();
          assertThat(buffer.text()).isEqualTo(before);
        }
      }
      assertThat(buffer.text()).isEqualTo(model.toString());
    }
  }

  @Test
  void undo_wordsTyped_goesBackWordByWord() {
    var buffer = new TextBuffer("");
    "ab cd".chars().forEach(c -> buffer.insert(Character.toString(c)));
    buffer.undo();
    assertThat(buffer.text()).isEqualTo("ab ");
    buffer.undo();
    buffer.undo();
    assertThat(buffer.text()).isEmpty();
    assertThat(buffer.undo()).isFalse();
  }

  @Test
  void cutRow_severalInARow_arePutBackTogether() {
    var buffer = new TextBuffer("a\nb\nc\n");
    buffer.cutRow();
    buffer.cutRow();
    assertThat(buffer.text()).isEqualTo("c\n");
    buffer.goTo(1, 0);
    assertThat(buffer.putBack()).isTrue();
    assertThat(buffer.text()).isEqualTo("c\na\nb\n");
    buffer.undo();
    buffer.undo();
    buffer.undo();
    assertThat(buffer.text()).isEqualTo("a\nb\nc\n");
  }

  @Test
  void cutRow_theOnlyOne_leavesAnEmptyText() {
    var buffer = new TextBuffer("a");
    buffer.cutRow();
    assertThat(buffer.text()).isEmpty();
  }

  @Test
  void find_fromTheCursor_goesOnFromTheTop() {
    var buffer = new TextBuffer("GPU\ncpu\ngpu: (1)\n");
    assertThat(buffer.find("gpu")).isTrue();
    assertThat(buffer.row()).isEqualTo(2);
    assertThat(buffer.find("gpu")).isTrue();
    assertThat(buffer.row()).isZero();
    assertThat(buffer.find("(1")).isTrue();
    assertThat(buffer.column()).isEqualTo(5);
    assertThat(buffer.find("tpu")).isFalse();
  }

  @Test
  void insert_moreThanFits_changesNothing() {
    var buffer = new TextBuffer("a");
    assertThat(buffer.insert("x".repeat(TextBuffer.MOST))).isFalse();
    assertThat(buffer.text()).isEqualTo("a");
  }

  private static int offset(TextBuffer buffer) {
    return buffer.rows().subList(0, buffer.row()).stream().mapToInt(r -> r.length() + 1).sum()
        + buffer.column();
  }
}
