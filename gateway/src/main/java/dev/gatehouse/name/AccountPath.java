package dev.gatehouse.name;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A home or a login shell: an absolute path that fits in a passwd line (passwd(5)), without colon,
 * blank, control character or {@code ..}.
 */
public record AccountPath(String value) {
  private static final Pattern FORM = Pattern.compile("/[!-9;-~]{0,254}");

  /**
   * @throws dev.gatehouse.failure.UserError if the value is none; the message says what is allowed
   */
  public AccountPath {
    Names.check(
        "path",
        FORM,
        "it starts with '/' and has at most 255 ASCII characters, without blanks or ':'",
        value);
    if (List.of(value.split("/")).contains("..")) {
      Names.check("path", Pattern.compile("(?!)"), "it has no part '..'", value);
    }
  }

  /** The last part. */
  public String file() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
