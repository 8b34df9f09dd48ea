package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The header that a load balancer puts in front of a connection: the PROXY protocol of HAProxy,
 * versions 1 and 2. A pure reading of bytes.
 */
sealed interface ProxyHeader {
  /** It may become one when more has come. */
  record Incomplete() implements ProxyHeader {}

  /** It is none. */
  record Malformed(String why) implements ProxyHeader {}

  /** The load balancer speaks for itself, or does not say for whom. */
  record Local(int length) implements ProxyHeader {}

  /**
   * @param client where the connection really comes from
   * @param length how many bytes the header has
   */
  record Proxied(InetSocketAddress client, int length) implements ProxyHeader {}

  /** Of version 1, the line end included (proxy-protocol.txt, 2.1). */
  int MAX_LINE = 107;

  /** Of version 2; addresses take 216 bytes at most, and nobody sends that many TLVs. */
  int MAX_BINARY = 4096;

  /** Reads the bytes at the beginning of a connection. */
  static ProxyHeader parse(byte[] bytes) {
    if (isPrefix(Binary.SIGNATURE, bytes)) {
      return bytes.length < Binary.FIXED ? new Incomplete() : Binary.parse(bytes);
    }
    return isPrefix(Line.START, bytes) ? Line.parse(bytes) : new Malformed("it is no PROXY header");
  }

  /** Whether one begins as the other does, as far as both go. */
  private static boolean isPrefix(byte[] expected, byte[] bytes) {
    var length = Math.min(expected.length, bytes.length);
    return Arrays.equals(expected, 0, length, bytes, 0, length);
  }

  /** Version 1: a line of text. */
  final class Line {
    private static final byte[] START = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern TCP =
        Pattern.compile(
            "PROXY (TCP4|TCP6) ([0-9A-Fa-f.:]{2,39}) ([0-9A-Fa-f.:]{2,39}) "
                + "(0|[1-9][0-9]{0,4}) (0|[1-9][0-9]{0,4})");

    private Line() {}

    private static ProxyHeader parse(byte[] bytes) {
      var end = end(bytes);
      if (end < 0) {
        return bytes.length < MAX_LINE ? new Incomplete() : new Malformed("its line has no end");
      }
      var line = new String(bytes, 0, end, StandardCharsets.US_ASCII);
      var length = end + 2;
      if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
        return new Local(length);
      }
      var match = TCP.matcher(line);
      if (!match.matches()) {
        return new Malformed("its line is malformed");
      }
      return proxied(
          match.group(1).equals("TCP4"), match.group(2), Integer.parseInt(match.group(4)), length);
    }

    private static ProxyHeader proxied(boolean four, String text, int port, int length) {
      try {
        var address = Cidr.address(text);
        // HAProxy on a socket of both families writes TCP6 ::ffff:192.0.2.1 for a client of IPv4.
        return four == text.indexOf(':') < 0 && port <= 0xffff
            ? new Proxied(new InetSocketAddress(address, port), length)
            : new Malformed("its source is malformed");
      } catch (UserError e) {
        return new Malformed("its source is malformed");
      }
    }

    private static int end(byte[] bytes) {
      for (var i = 0; i + 1 < Math.min(bytes.length, MAX_LINE); i++) {
        if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
          return i;
        }
      }
      return -1;
    }
  }

  /** Version 2. */
  final class Binary {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};

    private static final int FIXED = 16;
    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int CRC32C_TLV = 3;

    private Binary() {}

    private static ProxyHeader parse(byte[] bytes) {
      var in = ByteBuffer.wrap(bytes);
      in.position(SIGNATURE.length);
      var versionAndCommand = in.get();
      var family = in.get() & 0xff;
      var length = FIXED + (in.getShort() & 0xffff);
      if (versionAndCommand >> 4 != VERSION || (versionAndCommand & 0xf) > PROXY) {
        return new Malformed("its version or command is unknown");
      }
      if (length > MAX_BINARY) {
        return new Malformed("it is longer than %d bytes".formatted(MAX_BINARY));
      }
      if (bytes.length < length) {
        return new Incomplete();
      }
      if ((versionAndCommand & 0xf) == LOCAL) {
        return new Local(length);
      }
      return switch (family) {
        case TCP4 -> proxied(bytes, 4, length);
        case TCP6 -> proxied(bytes, 16, length);
        // Unspecified, UDP or a unix socket: the receiver is to use the real endpoints (2.2).
        default -> new Local(length);
      };
    }

    private static ProxyHeader proxied(byte[] bytes, int size, int length) {
      var addresses = 2 * size + 4;
      if (length < FIXED + addresses) {
        return new Malformed("it is too short for its addresses");
      }
      if (!isChecked(bytes, FIXED + addresses, length)) {
        return new Malformed("its checksum is wrong, or its TLVs are malformed");
      }
      try {
        var source = InetAddress.getByAddress(Arrays.copyOfRange(bytes, FIXED, FIXED + size));
        var port = ByteBuffer.wrap(bytes).getShort(FIXED + 2 * size) & 0xffff;
        return new Proxied(new InetSocketAddress(source, port), length);
      } catch (UnknownHostException e) {
        throw new AssertionError("as many bytes as an address has", e);
      }
    }

    /** Whether the TLVs fill the header, and a CRC32C among them is right (2.2.4). */
    private static boolean isChecked(byte[] bytes, int from, int length) {
      var in = ByteBuffer.wrap(bytes, 0, length);
      for (in.position(from); in.remaining() >= 3; ) {
        var type = in.get();
        var size = in.getShort() & 0xffff;
        if (size > in.remaining()) {
          return false;
        }
        if (type == CRC32C_TLV && !isRight(bytes, in.position(), size, length)) {
          return false;
        }
        in.position(in.position() + size);
      }
      return !in.hasRemaining();
    }

    private static boolean isRight(byte[] bytes, int at, int size, int length) {
      if (size != Integer.BYTES) {
        return false;
      }
      var zeroed = Arrays.copyOf(bytes, length);
      Arrays.fill(zeroed, at, at + size, (byte) 0);
      var crc = new CRC32C();
      crc.update(zeroed);
      return (int) crc.getValue() == ByteBuffer.wrap(bytes).getInt(at);
    }
  }
}
