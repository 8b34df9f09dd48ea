package dev.gatehouse.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** As many bytes as wanted, made by repeating one incompressible block, and their checksum. */
final class Payload {
  /** No multiple of a window or a packet: bytes lost or doubled shift all that follow. */
  private static final int BLOCK = 16 * 1024 * 1024 + 4093;

  private final byte[] block = new byte[BLOCK];
  private final long size;
  private final String sha256;

  Payload(long size) {
    this.size = size;
    new Random(20_261_124).nextBytes(block);
    var digest = digest();
    try {
      writeTo(
          new OutputStream() {
            @Override
            public void write(int b) {
              throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
              digest.update(bytes, from, count);
            }
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    sha256 = hex(digest);
  }

  byte[] block() {
    return block;
  }

  long size() {
    return size;
  }

  /** In hexadecimal, as sha256sum prints it. */
  String sha256() {
    return sha256;
  }

  void writeTo(OutputStream out) throws IOException {
    for (var left = size; left > 0; left -= BLOCK) {
      out.write(block, 0, (int) Math.min(left, BLOCK));
    }
  }

  /** The checksum of all that comes. */
  static String sha256(InputStream in) throws IOException {
    var digest = digest();
    var buffer = new byte[256 * 1024];
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return hex(digest);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
