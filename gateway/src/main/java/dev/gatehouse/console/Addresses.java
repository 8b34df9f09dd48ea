package dev.gatehouse.console;

import dev.gatehouse.net.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Addresses as people write them: {@code 2001:db8::7} (RFC 5952). */
public final class Addresses {
  private static final int GROUPS = 8;

  private Addresses() {}

  public static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    var shorts = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
    var groups = IntStream.range(0, GROUPS).map(i -> Short.toUnsignedInt(shorts.get(i))).toArray();
    return text(groups);
  }

  /** A network of one address is that address. */
  public static String text(Cidr network) {
    var whole = network.prefix() == network.address().getAddress().length * Byte.SIZE;
    return text(network.address()) + (whole ? "" : "/" + network.prefix());
  }

  /** The longest row of zeros, the first of them, becomes {@code ::}; a single one does not. */
  private static String text(int[] groups) {
    var start = 0;
    var length = 1;
    for (var i = 0; i < GROUPS; i++) {
      var zeros = zeros(groups, i);
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    return length == 1
        ? hex(groups, 0, GROUPS)
        : hex(groups, 0, start) + "::" + hex(groups, start + length, GROUPS);
  }

  private static int zeros(int[] groups, int from) {
    var end = from;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static String hex(int[] groups, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(groups[i]))
        .collect(Collectors.joining(":"));
  }
}
