package dev.gatehouse.transport;

import static java.lang.Math.multiplyHigh;
import static java.lang.Math.unsignedMultiplyHigh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The Poly1305 authenticator (RFC 8439, 2.5): {@code ((m1·r + m2)·r + …)·r + s} modulo 2^130 - 5.
 * The JDK has one, but gives it away only inside its own AEAD cipher, whose tag covers more than
 * OpenSSH's.
 *
 * <p>A number is three limbs of 44, 44 and 42 bits. Nothing branches on, or indexes by, the key or
 * the data. One thread at a time.
 */
final class Poly1305 {
  /** Octets of a key; it must never be used for two messages. */
  static final int KEY_BYTES = 32;

  static final int TAG_BYTES = 16;

  /** Octets of a block. */
  static final int BLOCK = 16;

  private static final int STRIDE = 4 * BLOCK;

  /** Octets from which the powers of r, which cost as much as nine blocks, are worth it. */
  private static final int BULK = 12 * BLOCK;

  private static final long MASK = (1L << 44) - 1;
  private static final long MASK_TOP = (1L << 42) - 1;
  private static final long MASK_56 = (1L << 56) - 1;

  /** 2^64 and 2^128 as limbs: the middle one, and the top one. */
  private static final long WORD = 1L << 20;

  private static final long BLOCK_END = 1L << 40;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] lastBlock = new byte[BLOCK];

  /** Of r: three limbs. */
  private final long[] r = new long[3];

  /** The sum so far: three limbs, none with a carry, but for the top one's lowest bit. */
  private final long[] h = new long[3];

  /** Three limbs each: r, r·2^64, r², r²·2^64, … r⁴·2^64; then r⁴·2^128 and (r + … + r⁴)·2^128. */
  private final long[] powers = new long[30];

  private long padLow;
  private long padHigh;
  private long tagLow;
  private long tagHigh;

  /** Begins a message. */
  void init(byte[] key) {
    var low = (long) LONG.get(key, 0) & 0x0ffffffc0fffffffL;
    var high = (long) LONG.get(key, 8) & 0x0ffffffc0ffffffcL;
    r[0] = low & MASK;
    r[1] = ((low >>> 44) | (high << 20)) & MASK;
    r[2] = high >>> 24;
    padLow = (long) LONG.get(key, 16);
    padHigh = (long) LONG.get(key, 24);
    h[0] = h[1] = h[2] = 0;
  }

  /**
   * Takes in whole blocks.
   *
   * @param length a multiple of {@link #BLOCK}
   */
  void blocks(byte[] data, int offset, int length) {
    var at = offset;
    var end = offset + length;
    if (length >= BULK) {
      raise();
      at += length - length % STRIDE;
      bulk(data, offset, at);
    }
    for (; at < end; at += BLOCK) {
      block(data, at, BLOCK_END);
    }
  }

  /**
   * Takes in what follows the last whole block.
   *
   * @param length less than {@link #BLOCK}; 0 changes nothing
   */
  void rest(byte[] data, int offset, int length) {
    if (length > 0) {
      System.arraycopy(data, offset, lastBlock, 0, length);
      lastBlock[length] = 1;
      Arrays.fill(lastBlock, length + 1, BLOCK, (byte) 0);
      block(lastBlock, 0, 0);
    }
  }

  /** Ends the message. */
  void finish() {
    // A carry from the top may ripple once more through all of them.
    for (var i = 0; i < 2; i++) {
      h[0] += 5 * (h[2] >>> 42);
      h[2] &= MASK_TOP;
      h[1] += h[0] >>> 44;
      h[0] &= MASK;
      h[2] += h[1] >>> 44;
      h[1] &= MASK;
    }
    // h - p, if that is not negative.
    var g0 = h[0] + 5;
    var g1 = h[1] + (g0 >>> 44);
    var g2 = h[2] + (g1 >>> 44) - (1L << 42);
    var reduced = ~(g2 >> 63);
    var h0 = (h[0] & ~reduced) | (g0 & MASK & reduced);
    var h1 = (h[1] & ~reduced) | (g1 & MASK & reduced);
    var h2 = (h[2] & ~reduced) | (g2 & reduced);
    var low = h0 | (h1 << 44);
    tagLow = low + padLow;
    tagHigh = ((h1 >>> 20) | (h2 << 24)) + padHigh + carry(low, padLow, tagLow);
  }

  void writeTag(byte[] to, int offset) {
    LONG.set(to, offset, tagLow);
    LONG.set(to, offset + 8, tagHigh);
  }

  /** Whether the tag stands there; takes the same time for every wrong one. */
  boolean isTag(byte[] from, int offset) {
    return (((long) LONG.get(from, offset) ^ tagLow)
            | ((long) LONG.get(from, offset + 8) ^ tagHigh))
        == 0;
  }

  /** Of {@code sum = a + b}, without a branch. */
  private static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  private void block(byte[] data, int offset, long end) {
    var low = (long) LONG.get(data, offset);
    var high = (long) LONG.get(data, offset + 8);
    multiply(
        h,
        0,
        h[0] + (low & MASK),
        h[1] + (((low >>> 44) | (high << 20)) & MASK),
        h[2] + ((high >>> 24) | end),
        r[0],
        r[1],
        r[2]);
  }

  /** The powers that {@link #bulk} needs. */
  private void raise() {
    var p = powers;
    System.arraycopy(r, 0, p, 0, 3);
    for (var i = 6; i < 24; i += 6) {
      multiply(p, i, p[i - 6], p[i - 5], p[i - 4], r[0], r[1], r[2]);
    }
    for (var i = 0; i < 24; i += 6) {
      multiply(p, i + 3, p[i], p[i + 1], p[i + 2], 0, WORD, 0);
    }
    multiply(p, 24, p[18], p[19], p[20], 0, 0, BLOCK_END);
    var s0 = p[0] + p[6] + p[12] + p[18];
    var s1 = p[1] + p[7] + p[13] + p[19];
    var s2 = p[2] + p[8] + p[14] + p[20];
    multiply(p, 27, s0, s1, s2, 0, 0, BLOCK_END);
  }

  /**
   * Multiplies modulo 2^130 - 5: x has limbs of up to 2^47, y of up to 2^44, and so has the result.
   *
   * <p>A column is {@code high · 2^44 + low}. The products' upper parts are summed up; what the
   * lower parts sum up to is what is missing from the whole sum, which is known modulo 2^64.
   */
  private static void multiply(
      long[] to, int at, long x0, long x1, long x2, long y0, long y1, long y2) {
    var z1 = 20 * y1; // 2^132 is 20
    var z2 = 20 * y2;
    // 6 and 14 bits to the left: so the upper 64 of 128 bits begin at bit 44.
    var u0 = x0 << 6;
    var u1 = x1 << 6;
    var u2 = x2 << 6;
    var high0 =
        multiplyHigh(u0, y0 << 14) + multiplyHigh(u1, z2 << 14) + multiplyHigh(u2, z1 << 14);
    var high1 =
        multiplyHigh(u0, y1 << 14) + multiplyHigh(u1, y0 << 14) + multiplyHigh(u2, z2 << 14);
    var high2 =
        multiplyHigh(u0, y2 << 14) + multiplyHigh(u1, y1 << 14) + multiplyHigh(u2, y0 << 14);
    var low0 = x0 * y0 + x1 * z2 + x2 * z1 - (high0 << 44);
    var low1 = x0 * y1 + x1 * y0 + x2 * z2 - (high1 << 44) + high0 + (low0 >>> 44);
    var low2 = x0 * y2 + x1 * y1 + x2 * y0 - (high2 << 44) + high1 + (low1 >>> 44);
    var h0 = (low0 & MASK) + 5 * ((high2 << 2) + (low2 >>> 42));
    var h1 = (low1 & MASK) + (h0 >>> 44);
    to[at] = h0 & MASK;
    to[at + 1] = h1 & MASK;
    to[at + 2] = (low2 & MASK_TOP) + (h1 >>> 44);
  }

  /**
   * Four blocks at a time: {@code (h + m1)·r⁴ + m2·r³ + m3·r² + m4·r}.
   *
   * <p>A block is two words of 64 bits, {@code a + b·2^64}, so that its product with a power p is
   * {@code a·p + b·(p·2^64)}: two thirds of the multiplications that limbs need, and no taking
   * apart. A column is {@code high · 2^56 + low} here. The bit at 2^128 of each block is a
   * constant.
   *
   * @param end a multiple of 64 octets after {@code from}
   */
  private void bulk(byte[] data, int from, int end) {
    var p = powers;
    var h0 = h[0];
    var h1 = h[1];
    var h2 = h[2];
    for (var at = from; at < end; at += STRIDE) {
      // h + m1, of 131 bits: two words, and the top bits.
      var a = (long) LONG.get(data, at);
      var b = (long) LONG.get(data, at + 8);
      var wordA = h0 | (h1 << 44);
      var wordB = (h1 >>> 20) | (h2 << 24);
      var top = h2 >>> 40;
      var sumA = wordA + a;
      var sumB = wordB + b;
      top += carry(wordB, b, sumB);
      b = sumB + carry(wordA, a, sumA);
      top += (sumB & ~b) >>> 63;
      a = sumA;
      var high0 = unsignedMultiplyHigh(a, p[18] << 8) + unsignedMultiplyHigh(b, p[21] << 8);
      var high1 = unsignedMultiplyHigh(a, p[19] << 8) + unsignedMultiplyHigh(b, p[22] << 8);
      var high2 = unsignedMultiplyHigh(a, p[20] << 8) + unsignedMultiplyHigh(b, p[23] << 8);
      var low0 = a * p[18] + b * p[21] + top * p[24] + p[27];
      var low1 = a * p[19] + b * p[22] + top * p[25] + p[28];
      var low2 = a * p[20] + b * p[23] + top * p[26] + p[29];

      a = (long) LONG.get(data, at + 16);
      b = (long) LONG.get(data, at + 24);
      high0 += unsignedMultiplyHigh(a, p[12] << 8) + unsignedMultiplyHigh(b, p[15] << 8);
      high1 += unsignedMultiplyHigh(a, p[13] << 8) + unsignedMultiplyHigh(b, p[16] << 8);
      high2 += unsignedMultiplyHigh(a, p[14] << 8) + unsignedMultiplyHigh(b, p[17] << 8);
      low0 += a * p[12] + b * p[15];
      low1 += a * p[13] + b * p[16];
      low2 += a * p[14] + b * p[17];

      a = (long) LONG.get(data, at + 32);
      b = (long) LONG.get(data, at + 40);
      high0 += unsignedMultiplyHigh(a, p[6] << 8) + unsignedMultiplyHigh(b, p[9] << 8);
      high1 += unsignedMultiplyHigh(a, p[7] << 8) + unsignedMultiplyHigh(b, p[10] << 8);
      high2 += unsignedMultiplyHigh(a, p[8] << 8) + unsignedMultiplyHigh(b, p[11] << 8);
      low0 += a * p[6] + b * p[9];
      low1 += a * p[7] + b * p[10];
      low2 += a * p[8] + b * p[11];

      a = (long) LONG.get(data, at + 48);
      b = (long) LONG.get(data, at + 56);
      high0 += unsignedMultiplyHigh(a, p[0] << 8) + unsignedMultiplyHigh(b, p[3] << 8);
      high1 += unsignedMultiplyHigh(a, p[1] << 8) + unsignedMultiplyHigh(b, p[4] << 8);
      high2 += unsignedMultiplyHigh(a, p[2] << 8) + unsignedMultiplyHigh(b, p[5] << 8);
      low0 += a * p[0] + b * p[3] - (high0 << 56);
      low1 += a * p[1] + b * p[4] - (high1 << 56);
      low2 += a * p[2] + b * p[5] - (high2 << 56);

      // The upper parts first: they wait for no other column.
      low1 += (high0 << 12) & MASK_56;
      high1 += high0 >>> 44;
      low2 += (high1 << 12) & MASK_56;
      high2 += high1 >>> 44;
      low0 += 5 * ((high2 << 14) & MASK);
      low1 += 5 * (high2 >>> 30) + (low0 >>> 44);
      low2 += low1 >>> 44;
      h0 = (low0 & MASK) + 5 * (low2 >>> 42);
      h1 = (low1 & MASK) + (h0 >>> 44);
      h2 = (low2 & MASK_TOP) + (h1 >>> 44);
      h0 &= MASK;
      h1 &= MASK;
    }
    h[0] = h0;
    h[1] = h1;
    h[2] = h2;
  }
}
