package dev.gatehouse.console.terminal;

import java.util.Set;

/**
 * What is believed of a client's TERM. It is a list of what is allowed, because JLine would start a
 * process, {@code infocmp}, with any other value as its argument.
 *
 * @param jline one of the types whose capabilities come inside JLine's jar
 */
record TerminalType(String jline, boolean live, boolean colour) {
  private static final TerminalType DUMB = new TerminalType("dumb", false, false);
  private static final Set<String> KNOWN =
      Set.of(
          "ansi",
          "rxvt",
          "rxvt-unicode",
          "rxvt-unicode-256color",
          "screen",
          "screen-256color",
          "xterm",
          "xterm-256color");

  /** Terminals that understand what xterm-256color does. */
  private static final Set<String> LIKE_XTERM =
      Set.of("alacritty", "contour", "foot", "kitty", "konsole", "linux", "st", "vte", "wezterm");

  static TerminalType of(String term) {
    if (KNOWN.contains(term)) {
      return new TerminalType(term, true, true);
    }
    if (term.equals("vt100") || term.equals("vt220")) {
      return new TerminalType("ansi", true, false);
    }
    if (term.startsWith("tmux") || term.startsWith("screen")) {
      return new TerminalType("screen-256color", true, true);
    }
    return term.startsWith("xterm-") || LIKE_XTERM.contains(term.split("-", 2)[0])
        ? new TerminalType("xterm-256color", true, true)
        : DUMB;
  }
}
