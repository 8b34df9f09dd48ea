package dev.gatehouse.frontdoor.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.frontdoor.limits.ProxyHeader.Incomplete;
import dev.gatehouse.frontdoor.limits.ProxyHeader.Local;
import dev.gatehouse.frontdoor.limits.ProxyHeader.Malformed;
import dev.gatehouse.frontdoor.limits.ProxyHeader.Proxied;
import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.net.Cidr;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** The first bytes of a connection; they come in pieces of any size. */
public final class ProxyHeaderTarget extends FuzzTarget {
  private static final byte[] MORE = "\r\nSSH-2.0-x\r\n".getBytes(US_ASCII);

  @Override
  protected String name() {
    return "proxy-header";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var header = ProxyHeader.parse(input);
    return () -> isRight(header, input);
  }

  private static void isRight(ProxyHeader header, byte[] input) {
    switch (header) {
      case Incomplete() -> isStillShort(input);
      case Malformed(var why) -> {
        require(why.matches("[ -~]+"), "not fit for a log: " + why);
        require(ProxyHeader.parse(with(input)) instanceof Malformed, "more bytes mend it");
      }
      case Local(var length) -> isOneHeader(header, length, input);
      case Proxied(var client, var length) -> {
        isOneHeader(header, length, input);
        isTheClient(client, input);
      }
    }
  }

  /** Otherwise a stranger could have the gateway gather bytes for ever. */
  private static void isStillShort(byte[] input) {
    var most = input.length > 0 && input[0] == 'P' ? ProxyHeader.MAX_LINE : ProxyHeader.MAX_BINARY;
    require(input.length < most, "gathers %d bytes".formatted(input.length));
  }

  /** What follows is the client's, and before its last byte nothing is decided. */
  private static void isOneHeader(ProxyHeader header, int length, byte[] input) {
    require(length > 0 && length <= input.length, "length " + length);
    require(length <= ProxyHeader.MAX_BINARY, "length " + length);
    var alone = Arrays.copyOf(input, length);
    require(ProxyHeader.parse(alone).equals(header), "what follows changes it");
    require(ProxyHeader.parse(with(alone)).equals(header), "what follows changes it");
    for (var end = length - 1; end >= 0; end -= 1 + end / 16) {
      require(
          ProxyHeader.parse(Arrays.copyOf(input, end)) instanceof Incomplete,
          "decided after %d of %d bytes".formatted(end, length));
    }
  }

  /** Version 1 has the address in words, which everybody must read the same. */
  private static void isTheClient(InetSocketAddress client, byte[] input) {
    require(!client.isUnresolved(), "a name");
    if (input[0] == 'P') {
      var words = new String(input, US_ASCII).split("[ \r]", 6);
      require(Cidr.address(words[2]).equals(client.getAddress()), "another client: " + client);
      require(words[4].equals(String.valueOf(client.getPort())), "another port: " + client);
    }
  }

  private static byte[] with(byte[] input) {
    var all = Arrays.copyOf(input, input.length + MORE.length);
    System.arraycopy(MORE, 0, all, input.length, MORE.length);
    return all;
  }
}
