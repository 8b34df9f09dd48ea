package dev.gatehouse.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A network namespace with an address that this machine, and nobody else, reaches: what a pod has
 * in a cluster.
 */
public final class PodNetwork implements AutoCloseable {
  private static final int ATTEMPTS = 20;

  private final String name;
  private final String hostAddress;
  private final String address;

  private PodNetwork(String name, int net) {
    this.name = name;
    // 198.18.0.0/15 is set aside for tests of networks (RFC 2544): no route of this machine is
    // hidden.
    var prefix = "198.%d.%d.%d".formatted(18 + (net >> 14), (net >> 6) & 255, (net & 63) << 2);
    var lastDot = prefix.lastIndexOf('.') + 1;
    var last = Integer.parseInt(prefix.substring(lastDot));
    hostAddress = prefix.substring(0, lastDot) + (last + 1);
    address = prefix.substring(0, lastDot) + (last + 2);
  }

  public static PodNetwork create() {
    Programs.require("ip", "iproute2");
    Programs.requireRoot("networks can be made by root only");
    for (var attempt = 1; ; attempt++) {
      var net = ThreadLocalRandom.current().nextInt(1 << 15);
      var network = new PodNetwork("gh" + net, net);
      var added = ip("netns", "add", network.name);
      if (added.exit() == 0) {
        network.connect();
        return network;
      }
      if (attempt == ATTEMPTS) {
        throw new AssertionError(added.toString());
      }
    }
  }

  /** The namespace's address. */
  public String address() {
    return address;
  }

  /** This machine's address, as seen from inside. */
  public String hostAddress() {
    return hostAddress;
  }

  /** What a container joins. */
  public Path path() {
    return Path.of("/run/netns", name);
  }

  /** A program of this machine that sees the network as the pod does, its loopback included. */
  public Program inside(Program program) {
    var entered = Stream.concat(Stream.of("ip", "netns", "exec", name), program.command().stream());
    return new Program(
        entered.toList(),
        program.environment(),
        program.folder(),
        program.input(),
        program.deadline());
  }

  /** Cuts the wire: nothing passes, and nobody is told. */
  public void unplug() {
    ip("-n", name, "link", "set", "eth0", "down").ok();
  }

  @Override
  public void close() {
    // The wire goes with the namespace, which a process inside may keep for a while.
    ip("link", "delete", name);
    ip("netns", "delete", name).ok();
  }

  private void connect() {
    ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name).ok();
    ip("address", "add", hostAddress + "/30", "dev", name).ok();
    ip("link", "set", name, "up").ok();
    ip("-n", name, "address", "add", address + "/30", "dev", "eth0").ok();
    ip("-n", name, "link", "set", "eth0", "up").ok();
    ip("-n", name, "link", "set", "lo", "up").ok();
    ip("-n", name, "route", "add", "default", "via", hostAddress).ok();
  }

  private static Result ip(String... arguments) {
    return Program.in(Path.of("/"), List.of("ip")).and(arguments).run();
  }
}
