package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.InForceAfter.What.RESTART;

import dev.gatehouse.net.Cidr;
import java.time.Duration;
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
    @InForceAfter(RESTART) String host,
    @InForceAfter(RESTART) int port,
    Optional<String> banner,
    Optional<String> motd,
    @InForceAfter(RESTART) AlgorithmProfile algorithms,
    List<Cidr> proxyProtocolFrom,
    @InForceAfter(RESTART) Health health,
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

  public GatewaySettings withPort(int port) {
    return new GatewaySettings(
        name, host, port, banner, motd, algorithms, proxyProtocolFrom, health, drain, deployment);
  }

  public GatewaySettings withHost(String host) {
    return new GatewaySettings(
        name, host, port, banner, motd, algorithms, proxyProtocolFrom, health, drain, deployment);
  }
}
