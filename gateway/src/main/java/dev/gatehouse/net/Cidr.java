package dev.gatehouse.net;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291): an address and the number of its bits that
 * count. An IPv4-mapped IPv6 address is the IPv4 address that it maps.
 *
 * @param address with all bits zero that do not count
 */
public record Cidr(InetAddress address, int prefix) {
  /**
   * Only dotted quads: 10.1 and 0x0a000001 are addresses to some programs and not to others, and
   * 010.0.0.1 is 8.0.0.1 to some (inet_aton(3)).
   */
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:(" + IPV4 + "|[0-9A-Fa-f:]*)");
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");

  public Cidr {
    if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
      throw UserError.usage("%s has no /%d".formatted(address.getHostAddress(), prefix));
    }
    address = masked(address, prefix);
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address.
   *
   * @throws UserError if the text is neither
   */
  public static Cidr parse(String text) {
    var slash = text.indexOf('/');
    var address = address(slash < 0 ? text : text.substring(0, slash));
    var bits = address.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new Cidr(address, bits);
    }
    var prefix = text.substring(slash + 1);
    if (!DECIMAL.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
      throw UserError.usage(
          "%s is not a network: behind the slash stands a number from 0 to %d"
              .formatted(Quote.of(text), bits));
    }
    return new Cidr(address, Integer.parseInt(prefix));
  }

  /** The network of that many bits which the address is in. */
  public static Cidr around(InetAddress address, int prefix) {
    return new Cidr(address, prefix);
  }

  /**
   * Reads an address; no name is ever looked up.
   *
   * @throws UserError if it is none
   */
  public static InetAddress address(String text) {
    if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException e) {
        // Told below, like what is not even like an address.
      }
    }
    throw UserError.usage(
        "%s is not an IP address or network, such as 192.0.2.0/24 or 2001:db8::/32"
            .formatted(Quote.of(text)));
  }

  public boolean contains(InetAddress other) {
    return other.getAddress().length == address.getAddress().length
        && masked(other, prefix).equals(address);
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    var bytes = address.getAddress();
    var whole = prefix / Byte.SIZE;
    if (whole < bytes.length) {
      bytes[whole] &= (byte) (0xff00 >> (prefix % Byte.SIZE));
      Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("as many bytes as an address has", e);
    }
  }
}
