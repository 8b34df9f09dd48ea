package dev.gatehouse.cluster;

import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * @param name what people call this cluster; shown to them
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param banner text sent before authentication (RFC 4252, 5.4)
 * @param motd message of the day, shown when a shell starts on a terminal
 * @param algorithms which key exchanges, ciphers and MACs are offered
 * @param proxyProtocolFrom load balancers whose connections begin with a PROXY protocol header, and
 *     whose word about the client's address is taken
 * @param health where probes ask
 * @param drain how it ends
 * @param deployment how many of it run in a cluster, and how people reach them
 */
public record GatewaySettings(
    String name,
    String host,
    int port,
    Optional<String> banner,
    Optional<String> motd,
    AlgorithmProfile algorithms,
    List<Cidr> proxyProtocolFrom,
    Health health,
    Drain drain,
    GatewayDeployment deployment) {

  /**
   * @param port 0 for any free one; empty where the program has its own default
   */
  public record Health(String host, Optional<Integer> port) {}

  /**
   * What happens between SIGTERM and the end.
   *
   * @param accept how long new connections are still taken while load balancers learn of it
   * @param limit how long open sessions may go on after that
   */
  public record Drain(Duration accept, Duration limit) {}

  /** The keys that a gateway which runs with other settings cannot take over. */
  List<String> needingRestart(GatewaySettings running) {
    var keys = new ArrayList<String>();
    if (!host.equals(running.host)) {
      keys.add("gateway.host");
    }
    if (port != running.port) {
      keys.add("gateway.port");
    }
    if (algorithms != running.algorithms) {
      keys.add("gateway.algorithms");
    }
    if (!health.equals(running.health)) {
      keys.add("gateway.health");
    }
    return keys;
  }

  /** With the values of {@link #needingRestart}'s keys that are in force. */
  GatewaySettings listeningAs(GatewaySettings running) {
    return new GatewaySettings(
        name,
        running.host,
        running.port,
        banner,
        motd,
        running.algorithms,
        proxyProtocolFrom,
        running.health,
        drain,
        deployment);
  }

  public GatewaySettings withPort(int port) {
    return new GatewaySettings(
        name, host, port, banner, motd, algorithms, proxyProtocolFrom, health, drain, deployment);
  }

  public GatewaySettings withHost(String host) {
    return new GatewaySettings(
        name, host, port, banner, motd, algorithms, proxyProtocolFrom, health, drain, deployment);
  }
}
