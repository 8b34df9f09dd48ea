package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the data types of RFC 4251, section 5, one after the other, and takes nothing that does not
 * fit: every method throws {@link UserError} when the bytes end too early.
 */
final class WireReader {
  private final ByteBuffer in;

  WireReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  boolean atEnd() {
    return !in.hasRemaining();
  }

  /** How many bytes have been read. */
  int position() {
    return in.position();
  }

  int uint8() {
    need(1);
    return in.get() & 0xff;
  }

  int uint32() {
    need(Integer.BYTES);
    return in.getInt();
  }

  /** To be compared without sign. */
  long uint64() {
    need(Long.BYTES);
    return in.getLong();
  }

  byte[] bytes(int length) {
    if (length < 0) {
      throw truncated();
    }
    need(length);
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  byte[] string() {
    return bytes(uint32());
  }

  /** UTF-8 without a zero character, which a program in C would take for the end. */
  String text() {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(string())).toString();
      if (text.indexOf('\0') >= 0) {
        throw UserError.usage("a zero character inside a text");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw UserError.usage("a text that is not UTF-8");
    }
  }

  /** Strings to the end. */
  List<byte[]> strings() {
    var strings = new ArrayList<byte[]>();
    while (!atEnd()) {
      strings.add(string());
    }
    return strings;
  }

  WireReader inner() {
    return new WireReader(string());
  }

  void requireEnd() {
    if (!atEnd()) {
      throw UserError.usage("%d bytes too many".formatted(in.remaining()));
    }
  }

  private void need(int bytes) {
    if (in.remaining() < bytes) {
      throw truncated();
    }
  }

  private static UserError truncated() {
    return UserError.usage("it ends too early");
  }
}
