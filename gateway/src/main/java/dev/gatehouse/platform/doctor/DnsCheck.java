package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Whether the names in the definition have addresses, as seen from here. */
final class DnsCheck implements Check {
  private final Supplier<ClusterDefinition> definition;
  private final boolean isInCluster;

  /**
   * @param isInCluster whether names of Services mean something here
   */
  DnsCheck(Supplier<ClusterDefinition> definition, boolean isInCluster) {
    this.definition = definition;
    this.isInCluster = isInCluster;
  }

  @Override
  public String subject() {
    return "Names";
  }

  @Override
  public List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    names().forEach((host, what) -> findings.add(of(host, what)));
    return findings.isEmpty() ? List.of(Finding.ok("the definition names no host")) : findings;
  }

  private NavigableMap<String, String> names() {
    var names = new TreeMap<String, String>();
    definition.get().apps().values().forEach(app -> names.put(app.host(), "app " + app.name()));
    definition
        .get()
        .directory()
        .ldap()
        .ifPresent(l -> l.servers().forEach(s -> names.put(s.host(), "the directory")));
    return names;
  }

  private Finding of(String host, String what) {
    if (!isInCluster && isOfTheCluster(host)) {
      return Finding.notChecked(
          "%s (%s) is a name inside the cluster".formatted(host, what),
          "'gate doctor' looks it up there");
    }
    try {
      return Finding.ok(
          "%s (%s) is %s".formatted(host, what, InetAddress.getByName(host).getHostAddress()));
    } catch (UnknownHostException e) {
      return Finding.problem(
          "%s (%s) has no address".formatted(host, what),
          "correct the name in the definition, or the name server's entry");
    }
  }

  private static boolean isOfTheCluster(String host) {
    return (host.indexOf('.') < 0 && host.indexOf(':') < 0 && !host.equals("localhost"))
        || host.endsWith(".svc")
        || host.contains(".svc.");
  }
}
