package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {
  @Test
  void split_blanks_separate() {
    assertThat(Words.split("  a \t b\nc ")).containsExactly("a", "b", "c");
    assertThat(Words.split(" ")).isEmpty();
  }

  @Test
  void split_quotes_keepBlanksAndEmptyWords() {
    assertThat(Words.split("a 'b c' \"d e\" '' f'g h'i"))
        .containsExactly("a", "b c", "d e", "", "fg hi");
  }

  @Test
  void split_backslash_isAsInPosix() {
    assertThat(Words.split("a\\ b '\\' \"\\\"\\$\\x\"")).containsExactly("a b", "\\", "\"$\\x");
  }

  @Test
  void split_expansions_areLeftAlone() {
    assertThat(Words.split("$HOME * `id` !! @/etc/passwd ~"))
        .containsExactly("$HOME", "*", "`id`", "!!", "@/etc/passwd", "~");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "a 'b", "\"", "a\"b\\\"", "\"\\"})
  void split_unterminatedQuote_saysSo(String line) {
    assertThatThrownBy(() -> Words.split(line))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a quote is not closed");
  }

  @Test
  void split_lastBackslash_saysSo() {
    assertThatThrownBy(() -> Words.split("a \\"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ends in a backslash");
  }
}
