package dev.gatehouse.net;

/** Patterns with the wildcards {@code *} and {@code ?} (ssh_config(5), PATTERNS). */
public final class Glob {
  private Glob() {}

  /** Linear in both, so that no pattern can take long: only the last star is ever tried again. */
  public static boolean matches(String pattern, String text) {
    var p = 0;
    var t = 0;
    var star = -1;
    var starText = 0;
    while (t < text.length()) {
      if (p < pattern.length()
          && (pattern.charAt(p) == '?'
              || (pattern.charAt(p) != '*' && pattern.charAt(p) == text.charAt(t)))) {
        p++;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starText = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
