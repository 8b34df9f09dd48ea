package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What workspaces may talk to. A person has root of nothing but the network between: a workspace
 * that reaches the metadata address has the node's rights, and one that reaches another pod has a
 * way round the gateway.
 */
final class NetworkIT {
  private static final String ALL = "dev.gatehouse.deploy.Rendered#all";
  private static final String WORKSPACES = "gatehouse-workspaces";

  @ParameterizedTest
  @MethodSource(ALL)
  void connect_anything_isDeniedFirst(Rendered rendered) {
    var nothing =
        rendered.manifests().named("NetworkPolicy", WORKSPACES, "default-deny").path("spec");
    assertThat(nothing.path("podSelector").isEmpty()).as("all pods").isTrue();
    assertThat(Manifests.texts(nothing.path("policyTypes"))).contains("Ingress", "Egress");
    assertThat(nothing.has("ingress") || nothing.has("egress")).isFalse();
    var gateways =
        rendered.manifests().named("NetworkPolicy", "gatehouse", "default-deny").path("spec");
    assertThat(gateways.path("podSelector").isEmpty()).as("all pods").isTrue();
    assertThat(Manifests.texts(gateways.path("policyTypes"))).contains("Ingress");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void connect_toWorkspace_gatewayOnlyAndSshdOnly(Rendered rendered) {
    var rules = policies(rendered).flatMap(p -> p.at("/spec/ingress").valueStream()).toList();
    assertThat(rules).hasSize(1);
    var from = rules.getFirst().path("from");
    assertThat(from.size()).isEqualTo(1);
    // In one entry both must hold; as two, either would do.
    assertThat(from.get(0).propertyNames()).contains("namespaceSelector", "podSelector");
    var ports = rules.getFirst().path("ports");
    assertThat(ports.size()).isEqualTo(1);
    assertThat(Manifests.read(Manifests.FOLDER.resolve("toolbox/start")))
        .contains("\nPort %d\n".formatted(ports.at("/0/port").asInt()));
  }

  /** There others' connections are listed and ended. */
  @ParameterizedTest
  @MethodSource(ALL)
  void connect_toTheGatewaysOwnPort_gatewaysOnly(Rendered rendered) {
    var port =
        rendered
            .container()
            .path("ports")
            .valueStream()
            .filter(p -> p.path("name").asString().equals("replicas"))
            .findFirst()
            .orElseThrow()
            .path("containerPort")
            .asInt();
    var policy = rendered.manifests().named("NetworkPolicy", "gatehouse", "gateway").path("spec");
    var rules =
        policy
            .path("ingress")
            .valueStream()
            .filter(
                rule ->
                    rule.path("ports").isEmpty()
                        || rule.path("ports")
                            .valueStream()
                            .anyMatch(p -> p.path("port").asInt() == port))
            .toList();
    assertThat(rules).hasSize(1);
    var from = rules.getFirst().path("from");
    assertThat(from.size()).isEqualTo(1);
    assertThat(from.get(0).propertyNames()).containsExactly("podSelector");
    assertThat(from.get(0).path("podSelector")).isEqualTo(policy.path("podSelector"));
  }

  @ParameterizedTest
  @CsvSource({
    "the internet, 93.184.215.14, true",
    "a public DNS server, 8.8.8.8, true",
    "metadata of AWS and Google, 169.254.169.254, false",
    "credentials of ECS and EKS, 169.254.170.23, false",
    "DNS of AWS, 169.254.169.253, false",
    "metadata of Azure, 168.63.129.16, false",
    "metadata of Oracle, 192.0.0.192, false",
    "metadata of Alibaba, 100.100.100.200, false",
    "services of kind, 10.96.0.1, false",
    "services of EKS, 172.20.0.1, false",
    "pods of k3s, 10.42.0.7, false",
    "pods of EKS with a second range, 100.64.3.4, false",
    "nodes at home, 192.168.1.10, false",
  })
  void connect_fromWorkspace_internetOnly(String what, String address, boolean allowed) {
    assertThat(allows(Rendered.shipped(), address)).as(what).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "the internet, 2606:2800:21f:cb07:6820:80da:af6b:8b2c, true",
    "a public address by NAT64, 64:ff9b::808:808, true",
    "metadata of AWS, fd00:ec2::254, false",
    "link-local, fe80::1, false",
    "pods and services, fd12:3456::1, false",
    "metadata by NAT64, 64:ff9b::a9fe:a9fe, false",
    "metadata of Azure by NAT64, 64:ff9b::a83f:8110, false",
    "10.96.0.1 by NAT64, 64:ff9b::a60:1, false",
    "100.100.100.200 by NAT64, 64:ff9b::6464:64c8, false",
    "172.20.0.1 by NAT64, 64:ff9b::ac14:1, false",
    "192.168.1.10 by NAT64, 64:ff9b::c0a8:10a, false",
    "192.0.0.192 by NAT64, 64:ff9b::c000:c0, false",
  })
  void connect_fromWorkspaceByIpv6_internetOnly(String what, String address, boolean allowed) {
    assertThat(allows(Rendered.with("network: {ipv6: true}"), address)).as(what).isEqualTo(allowed);
  }

  /** Pods and nodes may have public addresses there, so a site says first which. */
  @Test
  void connect_fromWorkspaceByIpv6_isDeniedUnlessASiteSaysSo() {
    assertThat(allows(Rendered.shipped(), "2606:2800:21f:cb07:6820:80da:af6b:8b2c")).isFalse();
    assertThat(allows(Rendered.aws(), "2606:2800:21f:cb07:6820:80da:af6b:8b2c")).isFalse();
  }

  /** What a site calls private is so by IPv4, by IPv6 and by NAT64. */
  @ParameterizedTest
  @CsvSource({
    "before the first, 203.0.112.255, true",
    "the first, 203.0.113.0, false",
    "the last, 203.0.113.255, false",
    "after the last, 203.0.114.0, true",
    "by NAT64, 64:ff9b::cb00:71ff, false",
    "after the last by NAT64, 64:ff9b::cb00:7200, true",
    "an IPv6 network, 2001:db8::1, false",
    "another one, 2001:db9::1, true",
  })
  void connect_fromWorkspace_toWhatASiteCallsPrivate_isDenied(
      String what, String address, boolean allowed) {
    var rendered =
        Rendered.with("network: {ipv6: true, private: [203.0.113.0/24, '2001:db8::/32']}");
    assertThat(allows(rendered, address)).as(what).isEqualTo(allowed);
  }

  /** By TCP and by UDP, since a DNS server is asked by both. */
  @Test
  void allow_addressOfTheCompany_opensItsPortsToTheseMachineTypes() {
    var rendered =
        Rendered.with(
            "network: {allow: [{name: db, cidr: 10.0.0.1/32, ports: [5432], machineTypes:"
                + " [gpu]}]}");
    var policy = rendered.manifests().named("NetworkPolicy", WORKSPACES, "allow-db").path("spec");
    assertThat(policy.at("/podSelector/matchExpressions/0/key").asString())
        .isEqualTo("gatehouse.dev/machine-type");
    assertThat(Manifests.texts(policy.at("/podSelector/matchExpressions/0/values")))
        .containsExactly("gpu");
    assertThat(policy.at("/egress/0/to/0/ipBlock/cidr").asString()).isEqualTo("10.0.0.1/32");
    assertThat(policy.at("/egress/0/ports").valueStream())
        .extracting(p -> p.path("port").asInt() + " " + p.path("protocol").asString())
        .containsExactly("5432 TCP", "5432 UDP");
    assertThat(policy.has("ingress")).isFalse();
  }

  /** Of the machine types with a role only, and to the agent of EKS Pod Identity only. */
  @ParameterizedTest
  @CsvSource({
    "a type with a role, gpu, 169.254.170.23, 80, true",
    "another port of the node, gpu, 169.254.170.23, 2703, false",
    "a type without, standard, 169.254.170.23, 80, false",
    "credentials of the instance, gpu, 169.254.169.254, 80, false",
    "of the instance without a role, standard, 169.254.169.254, 80, false",
    "credentials of ECS, gpu, 169.254.170.2, 80, false",
    "the neighbour below, gpu, 169.254.170.22, 80, false",
    "the neighbour above, gpu, 169.254.170.24, 80, false",
    "the agent by IPv6, gpu, fd00:ec2::23, 80, true",
    "a type without by IPv6, standard, fd00:ec2::23, 80, false",
    "credentials of the instance by IPv6, gpu, fd00:ec2::254, 80, false",
    "the agent by NAT64, gpu, 64:ff9b::a9fe:aa17, 80, false",
  })
  void connect_withARoleOfAws_toTheAgentOnly(
      String what, String type, String address, int port, boolean allowed) {
    var rendered =
        Rendered.with(
            "network: {ipv6: true}\nawsRoles: {gpu: 'arn:aws:iam::123456789012:role/gpu'}");
    assertThat(allows(rendered, type, address, port)).as(what).isEqualTo(allowed);
  }

  @Test
  void connect_withARoleOfAws_byIpv6OnlyWhereThatIsOn() {
    var rendered = Rendered.with("awsRoles: {gpu: 'arn:aws:iam::123456789012:role/gpu'}");
    assertThat(allows(rendered, "gpu", "169.254.170.23", 80)).isTrue();
    assertThat(allows(rendered, "gpu", "fd00:ec2::23", 80)).isFalse();
  }

  /** The API server's token is mounted into no workspace, with a role or without. */
  @Test
  void awsRole_serviceAccount_hasTheRoleAndNoToken() {
    var account =
        Rendered.with("awsRoles: {gpu: 'arn:aws:iam::123456789012:role/gpu'}")
            .manifests()
            .named("ServiceAccount", WORKSPACES, "workspace-gpu");
    assertThat(account.at("/metadata/annotations/eks.amazonaws.com~1role-arn").asString())
        .isEqualTo("arn:aws:iam::123456789012:role/gpu");
    assertThat(account.path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @Test
  void connect_toOperator_monitoringOnly() {
    var policy = Rendered.shipped().manifests().named("NetworkPolicy", "gatehouse", "operator");
    assertThat(policy.at("/spec/ingress").size()).isEqualTo(1);
    assertThat(policy.at("/spec/ingress/0/from/0/namespaceSelector/matchLabels").properties())
        .extracting(e -> e.getKey() + "=" + e.getValue().asString())
        .containsExactly("kubernetes.io/metadata.name=monitoring");
    assertThat(policy.at("/spec/ingress/0/ports").size()).isEqualTo(1);
    assertThat(policy.at("/spec/ingress/0/ports/0/port").asInt()).isEqualTo(8081);
  }

  private static Stream<JsonNode> policies(Rendered rendered) {
    return rendered
        .manifests()
        .all("NetworkPolicy")
        .filter(p -> Manifests.namespace(p).equals(WORKSPACES));
  }

  private static boolean allows(Rendered rendered, String address) {
    var there = InetAddress.ofLiteral(address);
    return policies(rendered)
        .flatMap(p -> p.at("/spec/egress").valueStream())
        .flatMap(rule -> rule.path("to").valueStream())
        .map(to -> to.path("ipBlock"))
        .filter(block -> !block.isMissingNode())
        .anyMatch(
            block ->
                contains(List.of(block.path("cidr").asString()), there)
                    && !contains(Manifests.texts(block.path("except")), there));
  }

  /** As a network that enforces the policies sees a connection of a pod by TCP. */
  private static boolean allows(Rendered rendered, String type, String address, int port) {
    var there = InetAddress.ofLiteral(address);
    return policies(rendered)
        .filter(policy -> selects(policy.at("/spec/podSelector"), type))
        .flatMap(policy -> policy.at("/spec/egress").valueStream())
        .filter(rule -> rule.path("ports").isEmpty() || opens(rule.path("ports"), port))
        .flatMap(rule -> rule.path("to").valueStream())
        .map(to -> to.path("ipBlock"))
        .filter(block -> !block.isMissingNode())
        .anyMatch(
            block ->
                contains(List.of(block.path("cidr").asString()), there)
                    && !contains(Manifests.texts(block.path("except")), there));
  }

  private static boolean selects(JsonNode selector, String type) {
    return selector
        .path("matchExpressions")
        .valueStream()
        .allMatch(
            e ->
                e.path("key").asString().equals("gatehouse.dev/machine-type")
                    && e.path("operator").asString().equals("In")
                    && Manifests.texts(e.path("values")).contains(type));
  }

  private static boolean opens(JsonNode ports, int port) {
    return ports
        .valueStream()
        .anyMatch(
            p -> p.path("port").asInt() == port && p.path("protocol").asString().equals("TCP"));
  }

  private static boolean contains(List<String> networks, InetAddress address) {
    return networks.stream().map(Cidr::parse).anyMatch(n -> n.contains(address));
  }
}
