package dev.gatehouse.console.terminal;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Text files that somebody pipes in, from whatever program and system. */
final class TextFiles {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final char REPLACEMENT = '\ufffd';

  private TextFiles() {}

  /**
   * @throws UserError if it is not UTF-8: names would be garbled for good
   */
  static String of(byte[] bytes) {
    try {
      return of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
  }

  /**
   * Returns the text as it is.
   *
   * @throws UserError if it is not UTF-8
   */
  static String exactly(byte[] bytes) {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      PrivateKeys.refuse(text);
      return text;
    } catch (CharacterCodingException e) {
      throw new UserError(ExitCode.DATAERR, "the text is not in UTF-8; iconv(1) can turn it into it");
    }
  }

  /** In UTF-8, or in UTF-16 where a byte order mark says so: PowerShell's {@code >} writes that. */
  static String decoded(byte[] bytes) {
    var marked = bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe;
    return new String(bytes, marked ? UTF_16 : UTF_8);
  }

  /** The same, of what was decoded already. */
  static String of(String text) {
    PrivateKeys.refuse(text);
    if (text.indexOf(REPLACEMENT) >= 0 || text.indexOf('\0') >= 0) {
      throw notUtf8();
    }
    return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
        .replace("\r\n", "\n")
        .replace('\r', '\n');
  }

  private static UserError notUtf8() {
    return new UserError(
        ExitCode.DATAERR, "the file is not in UTF-8; save it as 'CSV UTF-8', or use iconv(1)");
  }
}
