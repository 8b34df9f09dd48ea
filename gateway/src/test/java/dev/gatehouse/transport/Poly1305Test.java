package dev.gatehouse.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class Poly1305Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final BigInteger P = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));
  private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);
  private static final String ZERO = "00".repeat(16);
  private static final String ONES = "ff".repeat(16);

  private static final String CONTRIBUTION =
      hex(
          "Any submission to the IETF intended by the Contributor for publication as all or part of"
              + " an IETF Internet-Draft or RFC and any statement made within the context of an"
              + " IETF activity is considered an \"IETF Contribution\". Such statements include"
              + " oral statements in IETF sessions, as well as written and electronic"
              + " communications made at any time or place, which are addressed to");

  private static final String JABBERWOCKY =
      hex(
          """
          'Twas brillig, and the slithy toves
          Did gyre and gimble in the wabe:
          All mimsy were the borogoves,
          And the mome raths outgrabe.\
          """);

  /** RFC 8439, 2.5.2 and A.3: r, s, message, tag. */
  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(
            "85d6be7857556d337f4452fe42d506a8",
            "0103808afb0db2fd4abff6af4149f51b",
            hex("Cryptographic Forum Research Group"),
            "a8061dc1305136c6c22b8baf0c0127a9"),
        Arguments.of(ZERO, ZERO, ZERO.repeat(4), ZERO),
        Arguments.of(
            ZERO,
            "36e5f6b5c5e06070f0efca96227a863e",
            CONTRIBUTION,
            "36e5f6b5c5e06070f0efca96227a863e"),
        Arguments.of(
            "36e5f6b5c5e06070f0efca96227a863e",
            ZERO,
            CONTRIBUTION,
            "f3477e7cd95417af89a6b8794c310cf0"),
        Arguments.of(
            "1c9240a5eb55d38af333888604f6b5f0",
            "473917c1402b80099dca5cbc207075c0",
            JABBERWOCKY,
            "4541669a7eaaee61e708dc7cbcc5eb62"),
        Arguments.of(little("02"), ZERO, ONES, little("03")),
        Arguments.of(little("02"), ONES, little("02"), little("03")),
        Arguments.of(
            little("01"), ZERO, ONES + "f0" + "ff".repeat(15) + little("11"), little("05")),
        Arguments.of(little("01"), ZERO, ONES + "fb" + "fe".repeat(15) + "01".repeat(16), ZERO),
        Arguments.of(little("02"), ZERO, "fd" + "ff".repeat(15), "fa" + "ff".repeat(15)),
        Arguments.of(
            little("010000000000000004"),
            ZERO,
            little("e33594d7505e43b9") + little("3394d7505e4379cd01") + ZERO + little("01"),
            little("140000000000000055")),
        Arguments.of(
            little("010000000000000004"),
            ZERO,
            little("e33594d7505e43b9") + little("3394d7505e4379cd01") + ZERO,
            little("13")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void tag_vectorOfRfc_isItsTag(String r, String s, String message, String tag) {
    assertThat(HEX.formatHex(tag(HEX.parseHex(r + s), HEX.parseHex(message)))).isEqualTo(tag);
  }

  @Test
  void tag_everyLength_isThatOfPlainArithmetic() {
    var random = new Random(7);
    for (var length = 0; length < 600; length++) {
      var key = bytes(random, Poly1305.KEY_BYTES);
      var message = bytes(random, length);
      assertThat(tag(key, message)).as("length %s", length).isEqualTo(expected(key, message));
    }
  }

  /** Only long runs of such octets make every carry there is. */
  @Test
  void tag_extremeOctets_isThatOfPlainArithmetic() {
    var random = new Random(11);
    for (var i = 0; i < 4000; i++) {
      var key = extreme(random, Poly1305.KEY_BYTES);
      var message = extreme(random, random.nextInt(1200));
      assertThat(tag(key, message)).as("message %s", i).isEqualTo(expected(key, message));
    }
  }

  @Test
  void tag_largestKeyAndMessage_isThatOfPlainArithmetic() {
    var key = HEX.parseHex(ONES + ONES);
    for (var blocks = 1; blocks < 80; blocks++) {
      var message = HEX.parseHex(ONES.repeat(blocks));
      assertThat(tag(key, message)).as("%s blocks", blocks).isEqualTo(expected(key, message));
    }
  }

  @Test
  void isTag_oneBitOff_isFalse() {
    var poly = new Poly1305();
    poly.init(new byte[Poly1305.KEY_BYTES]);
    poly.finish();
    var tag = new byte[Poly1305.TAG_BYTES];
    assertThat(poly.isTag(tag, 0)).isTrue();
    for (var bit = 0; bit < 8 * tag.length; bit++) {
      tag[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(poly.isTag(tag, 0)).as("bit %s", bit).isFalse();
      tag[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  private static byte[] tag(byte[] key, byte[] message) {
    var poly = new Poly1305();
    poly.init(key);
    var whole = message.length / Poly1305.BLOCK * Poly1305.BLOCK;
    poly.blocks(message, 0, whole);
    poly.rest(message, whole, message.length - whole);
    poly.finish();
    var tag = new byte[Poly1305.TAG_BYTES];
    poly.writeTag(tag, 0);
    return tag;
  }

  private static byte[] expected(byte[] key, byte[] message) {
    var r = number(Arrays.copyOf(key, 16)).and(CLAMP);
    var sum = BigInteger.ZERO;
    for (var at = 0; at < message.length; at += Poly1305.BLOCK) {
      var block = Arrays.copyOfRange(message, at, Math.min(at + Poly1305.BLOCK, message.length));
      sum = sum.add(number(block)).add(BigInteger.ONE.shiftLeft(8 * block.length));
      sum = sum.multiply(r).mod(P);
    }
    var tag = new byte[Poly1305.TAG_BYTES];
    var total = sum.add(number(Arrays.copyOfRange(key, 16, 32)));
    for (var i = 0; i < tag.length; i++) {
      tag[i] = total.shiftRight(8 * i).byteValue();
    }
    return tag;
  }

  private static BigInteger number(byte[] littleEndian) {
    var bigEndian = new byte[littleEndian.length];
    for (var i = 0; i < littleEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Runs of ones, of zeros, and what lies just beside them. */
  private static byte[] extreme(Random random, int length) {
    var bytes = new byte[length];
    byte[] choice = {-1, -1, -1, 0, 0, 1, -5, -4, (byte) 0xf0, 0x7f};
    for (var at = 0; at < length; ) {
      var end = Math.min(length, at + 1 + random.nextInt(40));
      Arrays.fill(bytes, at, end, choice[random.nextInt(choice.length)]);
      at = end;
    }
    return bytes;
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(US_ASCII));
  }

  /** Filled up with zeros to one block. */
  private static String little(String hex) {
    return hex + ZERO.substring(hex.length());
  }
}
