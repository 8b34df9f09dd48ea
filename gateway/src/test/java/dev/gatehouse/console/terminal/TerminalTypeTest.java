package dev.gatehouse.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalTypeTest {
  @ParameterizedTest
  @CsvSource({
    "xterm, xterm",
    "xterm-256color, xterm-256color",
    "xterm-kitty, xterm-256color",
    "tmux-256color, screen-256color",
    "screen.xterm-256color, screen-256color",
    "alacritty, xterm-256color",
    "foot-extra, xterm-256color",
    "linux, xterm-256color",
    "vt100, ansi",
    "dumb, dumb",
  })
  void of_term_isOneThatJlineBrings(String term, String jline) {
    assertThat(TerminalType.of(term).jline()).isEqualTo(jline);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-A", "../../etc/passwd", "x;id", "\u001b]52;c;aGk=\u0007", "XTERM"})
  void of_hostileTerm_isDumbWithoutColour(String term) {
    assertThat(TerminalType.of(term)).isEqualTo(new TerminalType("dumb", false, false));
  }
}
