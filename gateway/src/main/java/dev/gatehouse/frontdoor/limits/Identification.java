package dev.gatehouse.frontdoor.limits;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a client says first (RFC 4253, 4.2), judged as OpenSSH's sshd does: its identification, and
 * no line before it.
 */
sealed interface Identification {
  /** More has to come. */
  record Incomplete() implements Identification {}

  /**
   * @param length how many bytes it takes, its end included
   */
  record Complete(String text, int length) implements Identification {}

  /**
   * @param answer what the client reads before the connection is closed
   */
  record Refused(String answer) implements Identification {}

  /** The longest line, CR and LF included; sshd takes 8192 bytes. */
  int MAX_LENGTH = 255;

  Refused INVALID = new Refused("Invalid SSH identification string.");
  Refused OTHER_VERSION = new Refused("Protocol major versions differ.");

  Pattern FORM = Pattern.compile("SSH-0*([0-9]+)\\.0*([0-9]+)-.+");

  static Identification parse(byte[] bytes) {
    var ended = false;
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return of(new String(bytes, 0, ended ? i - 1 : i, StandardCharsets.UTF_8), i + 1);
      }
      if (bytes[i] == 0 || (ended && bytes[i] != '\r') || i >= MAX_LENGTH - 1) {
        return INVALID;
      }
      ended = bytes[i] == '\r';
    }
    return new Incomplete();
  }

  private static Identification of(String line, int length) {
    var form = FORM.matcher(line);
    if (!form.matches()) {
      return INVALID;
    }
    var version = form.group(1) + "." + form.group(2);
    // A client that says 1.99 speaks 2 as well (RFC 4253, 5.1).
    return version.startsWith("2.") || version.equals("1.99")
        ? new Complete(line, length)
        : OTHER_VERSION;
  }
}
