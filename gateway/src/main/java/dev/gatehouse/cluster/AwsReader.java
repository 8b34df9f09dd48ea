package dev.gatehouse.cluster;

import dev.gatehouse.cluster.AwsNetwork.ExistingNetwork;
import dev.gatehouse.cluster.AwsNetwork.NatGateways;
import dev.gatehouse.cluster.AwsNetwork.NewNetwork;
import dev.gatehouse.cluster.AwsSettings.Bucket;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.net.Cidr;
import java.net.Inet4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The section {@code cloud.aws}.
 *
 * @param references to machine types
 */
record AwsReader(Section section, References references) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{1,12}){1,3}-[1-9]");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern CLUSTER = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,62}");
  private static final Pattern VPC = Pattern.compile("vpc-[0-9a-f]{8,17}");
  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
  private static final Pattern FILE_SYSTEM = Pattern.compile("fs-[0-9a-f]{8,17}");

  /** What a VPC may have. */
  private static final int MIN_PREFIX = 16;

  /** Three public and three private subnets with room for a node's pods. */
  private static final int MAX_PREFIX = 20;

  private static final Cidr USUAL_NETWORK = Cidr.parse("10.0.0.0/16");
  private static final List<String> THEIRS = List.of("vpc", "privateSubnets", "publicSubnets");
  private static final List<String> OURS =
      List.of("cidr", "zones", "natGateways", "privateEndpoints");

  AwsSettings read() {
    section.require("region", "name it, such as eu-central-1");
    section.require("cluster", "name the EKS cluster");
    var settings =
        new AwsSettings(
            section.get("region", matching(REGION, "a region such as eu-central-1"), ""),
            section.get("account", matching(ACCOUNT, "the twelve digits of an account")),
            section.get(
                "cluster",
                matching(CLUSTER, "at most 63 letters, digits and '-', with a letter in front"),
                ""),
            section.get("nodes", Values.word(NodeEngine.values(), NodeEngine::word)),
            part("network").map(AwsReader::network),
            part("kubernetes").map(s -> new AwsKubernetesReader(s).read()),
            part("fileSystem").map(AwsReader::fileSystem),
            section.list("buckets", Values.choice(Bucket.values())).orElse(List.of()),
            part("roles").map(s -> new AwsRolesReader(s, references).read()));
    check(settings);
    section.refuseUnknownKeys();
    return settings;
  }

  /** The key alone is enough to have such a part made. */
  private Optional<Section> part(String key) {
    var part = section.section(key);
    return section.has(key) ? Optional.of(part) : Optional.empty();
  }

  private void check(AwsSettings settings) {
    if (settings.kubernetes().isPresent() && settings.network().isEmpty()) {
      section.refuse(
          "kubernetes",
          "is a new cluster, which needs cloud.aws.network: {} for a new VPC, or vpc and"
              + " privateSubnets of one that is there");
    }
    if (settings.network().isPresent() && settings.kubernetes().isEmpty()) {
      section.refuse(
          "network",
          "is for a cluster that is made, and there is no cloud.aws.kubernetes: the network of a"
              + " cluster that is there is looked up");
    }
    if (settings.nodes().filter(NodeEngine.AUTO_MODE::equals).isPresent()
        && settings.kubernetes().filter(k -> !k.autoMode()).isPresent()) {
      section.refuse("nodes", "is autoMode, which cloud.aws.kubernetes.autoMode: true turns on");
    }
    if (new HashSet<>(settings.buckets()).size() < settings.buckets().size()) {
      section.refuse("buckets", "names one twice");
    }
  }

  private static AwsNetwork network(Section section) {
    var ours =
        new NewNetwork(
            section.get("cidr", AwsReader::vpcNetwork, USUAL_NETWORK),
            section.list("zones", PoolsReader::word).orElse(List.of()),
            section.get(
                "natGateways",
                Values.word(NatGateways.values(), NatGateways::word),
                NatGateways.ONE),
            section.get("privateEndpoints", Values::flag, false));
    var theirs =
        new ExistingNetwork(
            section.get("vpc", matching(VPC, "the id of a VPC"), ""),
            section
                .list("privateSubnets", matching(SUBNET, "the id of a subnet"))
                .orElse(List.of()),
            section
                .list("publicSubnets", matching(SUBNET, "the id of a subnet"))
                .orElse(List.of()));
    section.refuseUnknownKeys();
    if (THEIRS.stream().noneMatch(section::has)) {
      if (!ours.zones().isEmpty() && (ours.zones().size() < 2 || ours.zones().size() > 3)) {
        section.refuse("zones", "must be two or three zones");
      }
      if (ours.natGateways() == NatGateways.NONE && !ours.privateEndpoints()) {
        section.refuse(
            "natGateways",
            "is none, so nodes need privateEndpoints: true, or they cannot join the cluster");
      }
      return ours;
    }
    OURS.forEach(
        key -> section.refuse(key, "is for a new VPC, and the others of one that is there"));
    section.require("vpc", "name the VPC that the subnets are in");
    section.require("privateSubnets", "name those of the nodes, in two zones at least");
    if (theirs.privateSubnets().size() < 2) {
      section.refuse("privateSubnets", "must be two subnets at least, in different zones");
    }
    return theirs;
  }

  private static AwsFileSystem fileSystem(Section section) {
    var fileSystem =
        new AwsFileSystem(
            section.get("id", matching(FILE_SYSTEM, "the id of a file system, fs-…")),
            section.get("backups", Values::flag, true));
    if (fileSystem.id().isPresent()) {
      section.refuse("backups", "is for a new file system; this one is there");
    }
    section.refuseUnknownKeys();
    return fileSystem;
  }

  private static Cidr vpcNetwork(ScalarNode node) {
    var cidr = Values.name(Cidr::parse).apply(node);
    if (!(cidr.address() instanceof Inet4Address)
        || cidr.prefix() < MIN_PREFIX
        || cidr.prefix() > MAX_PREFIX) {
      throw UserError.usage(
          "must be a network of IPv4 from /%d to /%d, not %s"
              .formatted(MIN_PREFIX, MAX_PREFIX, Quote.of(node.getValue())));
    }
    return cidr;
  }

  static Function<ScalarNode, String> matching(Pattern pattern, String form) {
    return node -> {
      Values.string(node);
      return Amounts.match(pattern, node, form).group();
    };
  }
}
