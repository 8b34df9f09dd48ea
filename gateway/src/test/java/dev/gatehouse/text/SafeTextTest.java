package dev.gatehouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
  @Test
  void line_ofAnyLanguage_staysAsItIs() {
    assertThat(SafeText.line("Straße 東京 😀 it's \"fine\"")).isEqualTo("Straße 東京 😀 it's \"fine\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n", "\r", "\t", "\0", "\u001b", "\u007f", "\u009b", "\u202e", "\u2066", "\u200b",
        "\u2028", "\u2029", "\ufeff", "\ue000", "\ud800", "\u0378"
      })
  void line_drivesATerminalOrForgesALine_isReplaced(String hostile) {
    assertThat(SafeText.line("a" + hostile + "b")).isEqualTo("a?b");
  }

  @Test
  void line_ofAMegabyte_isShortened() {
    assertThat(SafeText.line("x".repeat(1 << 20))).hasSize(400);
  }
}
