package dev.gatehouse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.net.AddressPatterns;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.util.List;

/** The networks of {@code from=} and of a certificate's source-address. */
final class AddressPatternsTarget extends FuzzTarget {
  private static final List<InetAddress> ADDRESSES =
      List.of(
          Cidr.address("192.0.2.7"),
          Cidr.address("127.0.0.1"),
          Cidr.address("2001:db8::1"),
          Cidr.address("1:0:0:2::"));

  @Override
  protected String name() {
    return "address-patterns";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var patterns = AddressPatterns.parse(new String(input, UTF_8));
    return () -> isRight(new AddressPatterns(patterns.patterns().stream().limit(200).toList()));
  }

  /**
   * @param patterns short enough for one more
   */
  private static void isRight(AddressPatterns patterns) {
    var list = String.join(",", patterns.patterns());
    require(AddressPatterns.parse(list).equals(patterns), "not itself: " + list);
    for (var address : ADDRESSES) {
      var text = address.getHostAddress();
      require(!AddressPatterns.parse("!" + text + "," + list).match(address), "lets in " + text);
      require(
          AddressPatterns.parse(list + ",*").match(address) == !isNegated(patterns, address),
          "%s and * are not all but the negated: %s".formatted(list, text));
    }
    requireNetworks(patterns);
  }

  private static boolean isNegated(AddressPatterns patterns, InetAddress address) {
    return patterns.patterns().stream()
        .filter(p -> p.startsWith("!"))
        .anyMatch(p -> AddressPatterns.parse(p.substring(1)).match(address));
  }

  /** A network holds its own first address, and is shown as itself. */
  private static void requireNetworks(AddressPatterns patterns) {
    for (var pattern : patterns.patterns()) {
      if (pattern.contains("/") && !pattern.startsWith("!")) {
        var network = Cidr.parse(pattern);
        require(network.contains(network.address()), "not in itself: " + network);
        require(Cidr.parse(network.toString()).equals(network), "not itself: " + network);
      }
    }
  }
}
