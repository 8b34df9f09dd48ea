package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.Limits.NetBlockSize;
import dev.gatehouse.net.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;

/** What counts as one source (PerSourceNetBlockSize). */
final class Sources {
  private Sources() {}

  static Cidr of(InetAddress address, NetBlockSize size) {
    return Cidr.around(address, address instanceof Inet4Address ? size.ipv4() : size.ipv6());
  }
}
