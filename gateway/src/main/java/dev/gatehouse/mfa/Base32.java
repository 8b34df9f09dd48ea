package dev.gatehouse.mfa;

/** RFC 4648, 6, without padding: for whole groups of five bytes, which become eight characters. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final int MASK = 31;

  private Base32() {}

  static String encode(byte[] bytes) {
    var text = new StringBuilder();
    var buffer = 0;
    var held = 0;
    for (var b : bytes) {
      buffer = (buffer << Byte.SIZE) | (b & 0xff);
      for (held += Byte.SIZE; held >= BITS; held -= BITS) {
        text.append(ALPHABET.charAt((buffer >> (held - BITS)) & MASK));
      }
    }
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException if a character is none of the alphabet's
   */
  static byte[] decode(String text) {
    var bytes = new byte[text.length() * BITS / Byte.SIZE];
    var buffer = 0;
    var held = 0;
    var next = 0;
    for (var i = 0; i < text.length(); i++) {
      var value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException("no base32");
      }
      buffer = (buffer << BITS) | value;
      held += BITS;
      if (held >= Byte.SIZE) {
        held -= Byte.SIZE;
        bytes[next++] = (byte) (buffer >> held);
      }
    }
    return bytes;
  }
}
