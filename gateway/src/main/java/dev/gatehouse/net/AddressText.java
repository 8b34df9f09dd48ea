package dev.gatehouse.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The short form of an address (RFC 5952, inet_ntop(3)), which people know and OpenSSH compares
 * with: {@code 2001:db8::1}, and no scope. Java writes {@code 2001:db8:0:0:0:0:0:1%eth0}.
 */
final class AddressText {
  private static final int GROUPS = 8;

  /** Zero groups one after the other. */
  private record Run(int start, int length) {}

  private AddressText() {}

  static String of(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == GROUPS * Short.BYTES ? ipv6(bytes) : address.getHostAddress();
  }

  private static String ipv6(byte[] bytes) {
    var groups = new short[GROUPS];
    ByteBuffer.wrap(bytes).asShortBuffer().get(groups);
    var run = longestRun(groups);
    return run.length < 2
        ? hex(groups, 0, GROUPS)
        : hex(groups, 0, run.start) + "::" + hex(groups, run.start + run.length, GROUPS);
  }

  /** The first of the longest ones. */
  private static Run longestRun(short[] groups) {
    var longest = new Run(0, 0);
    for (var i = 0; i < GROUPS; i++) {
      var end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest.length) {
        longest = new Run(i, end - i);
      }
    }
    return longest;
  }

  private static String hex(short[] groups, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(Short.toUnsignedInt(groups[i])))
        .collect(Collectors.joining(":"));
  }
}
