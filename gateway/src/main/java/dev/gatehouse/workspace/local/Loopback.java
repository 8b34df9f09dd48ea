package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.io.IoUtils;

/** The loopback addresses as sshd binds them with GatewayPorts no, whatever was asked for. */
final class Loopback {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";

  private Loopback() {}

  /**
   * Listens on the loopback address of that name, or for any other name on both, as far as this
   * machine has them. All have the same port.
   *
   * @param port 0 takes any free one
   * @return at least one
   */
  static List<ServerSocketChannel> listen(String host, int port) throws IOException {
    var servers = new ArrayList<ServerSocketChannel>();
    var failure = new IOException("no loopback address for port " + port);
    for (var address :
        host.equals(IPV4) || host.equals(IPV6) ? List.of(host) : List.of(IPV4, IPV6)) {
      try {
        servers.add(bind(address, servers.isEmpty() ? port : port(servers)));
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    if (servers.isEmpty()) {
      throw failure;
    }
    return servers;
  }

  /** The port that they have in common. */
  static int port(List<ServerSocketChannel> servers) {
    return servers.getFirst().socket().getLocalPort();
  }

  private static ServerSocketChannel bind(String address, int port) throws IOException {
    var server = ServerSocketChannel.open();
    try {
      return server.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException | IllegalArgumentException e) {
      IoUtils.closeQuietly(server);
      throw e;
    }
  }
}
