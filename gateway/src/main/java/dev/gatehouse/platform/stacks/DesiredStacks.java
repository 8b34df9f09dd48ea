package dev.gatehouse.platform.stacks;

import dev.gatehouse.cluster.AwsKubernetes;
import dev.gatehouse.cluster.AwsNetwork.ExistingNetwork;
import dev.gatehouse.cluster.AwsNetwork.NewNetwork;
import dev.gatehouse.cluster.AwsRoles;
import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.AwsSettings.Bucket;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.platform.stacks.Stack.Output;
import dev.gatehouse.platform.stacks.Stack.Text;
import dev.gatehouse.platform.stacks.Stack.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stacks that a definition stands for, in the order in which they are applied. */
public final class DesiredStacks {
  private static final int MOST_SUBNETS = 3;
  private static final int BITS_OF_A_SIXTEENTH = 28;

  private final ClusterDefinition definition;
  private final AwsSettings aws;
  private final CloudFacts facts;
  private final Path templates;

  /**
   * @param aws of the definition
   * @param facts are asked only where the definition leaves something open
   * @param templates the folder that has them, {@code k8s/aws} of an installation
   */
  public DesiredStacks(
      ClusterDefinition definition, AwsSettings aws, CloudFacts facts, Path templates) {
    this.definition = definition;
    this.aws = aws;
    this.facts = facts;
    this.templates = templates;
  }

  /** The name of a stack of a cluster. */
  public static String name(String cluster, String part) {
    return "gatehouse-%s-%s".formatted(cluster, part);
  }

  public List<Stack> all() {
    var stacks = new ArrayList<Stack>();
    aws.network()
        .filter(NewNetwork.class::isInstance)
        .map(NewNetwork.class::cast)
        .map(this::network)
        .ifPresent(stacks::add);
    aws.kubernetes().map(this::cluster).ifPresent(stacks::add);
    storage().ifPresent(stacks::add);
    aws.kubernetes().map(this::nodes).ifPresent(stacks::add);
    aws.roles().map(this::roles).ifPresent(stacks::add);
    aws.roles()
        .ifPresent(roles -> roles.workspaces().keySet().forEach(t -> stacks.add(role(roles, t))));
    aws.kubernetes()
        .ifPresent(k -> k.administrators().forEach(arn -> stacks.add(administrator(arn))));
    return List.copyOf(stacks);
  }

  /**
   * Returns those of the present stacks that give rights which the definition no longer gives. All
   * others stay: a network, a cluster or storage goes by destroy alone.
   */
  public static List<String> stale(String cluster, List<String> present, List<Stack> wanted) {
    var names = wanted.stream().map(Stack::name).toList();
    return present.stream()
        .filter(
            name ->
                name.startsWith(name(cluster, "administrator-"))
                    || name.startsWith(name(cluster, "workspaces-")))
        .filter(name -> !names.contains(name))
        .toList();
  }

  private Stack network(NewNetwork network) {
    var parameters = parameters();
    text(parameters, "Cidr", network.cidr().toString());
    text(parameters, "SubnetBits", BITS_OF_A_SIXTEENTH - network.cidr().prefix());
    text(parameters, "Zones", String.join(",", network.zones()));
    text(
        parameters, "ZoneCount", network.zones().isEmpty() ? MOST_SUBNETS : network.zones().size());
    text(parameters, "NatGateways", network.natGateways().word());
    text(parameters, "PrivateEndpoints", network.privateEndpoints());
    return stack("network", parameters);
  }

  private Stack cluster(AwsKubernetes kubernetes) {
    var parameters = parameters();
    text(parameters, "Version", version(kubernetes));
    parameters.put("SubnetIds", subnets());
    text(parameters, "SupportType", kubernetes.extendedSupport() ? "EXTENDED" : "STANDARD");
    text(parameters, "PublicAccess", !kubernetes.publicAccessFrom().isEmpty());
    if (!kubernetes.publicAccessFrom().isEmpty()) {
      text(
          parameters,
          "PublicAccessCidrs",
          kubernetes.publicAccessFrom().stream()
              .map(Object::toString)
              .collect(Collectors.joining(",")));
    }
    text(parameters, "AutoMode", kubernetes.autoMode());
    boundary(parameters);
    return stack("cluster", parameters);
  }

  /** The version that is there stays: nobody has asked for another one. */
  private String version(AwsKubernetes kubernetes) {
    return kubernetes
        .version()
        .or(() -> facts.cluster().map(CloudFacts.Cluster::version))
        .orElseGet(
            () ->
                facts.supported().stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new FailureException(
                                new Failure.Unavailable(
                                    "aws-no-version",
                                    "AWS names no version of Kubernetes in standard support; say"
                                        + " one in cloud.aws.kubernetes.version")))
                    .number());
  }

  private Optional<Stack> storage() {
    var makesFiles = makesFiles();
    if (!makesFiles && aws.buckets().isEmpty()) {
      return Optional.empty();
    }
    var parameters = parameters();
    text(parameters, "FileSystem", makesFiles);
    if (makesFiles) {
      text(parameters, "Backups", aws.fileSystem().orElseThrow().backups());
      place(parameters);
    }
    for (var bucket : Bucket.values()) {
      text(parameters, parameter(bucket), aws.buckets().contains(bucket));
    }
    return Optional.of(stack("storage", parameters));
  }

  private boolean makesFiles() {
    return aws.fileSystem().filter(f -> f.id().isEmpty()).isPresent();
  }

  /** Where a file system is reached: in one subnet of each zone. */
  private void place(Map<String, Value> parameters) {
    if (aws.kubernetes().isEmpty()) {
      var there = existing();
      text(parameters, "VpcId", there.vpc());
      text(parameters, "ClusterSecurityGroupId", there.securityGroup());
      some(parameters, there.subnets());
      return;
    }
    parameters.put("ClusterSecurityGroupId", output("cluster", "ClusterSecurityGroupId"));
    switch (aws.network().orElseThrow()) {
      case NewNetwork network -> {
        parameters.put("VpcId", output("network", "VpcId"));
        parameters.put("SubnetIds", output("network", "PrivateSubnetIds"));
        text(
            parameters,
            "SubnetCount",
            network.zones().isEmpty() ? MOST_SUBNETS : network.zones().size());
      }
      case ExistingNetwork network -> {
        text(parameters, "VpcId", network.vpc());
        some(parameters, network.privateSubnets());
      }
    }
  }

  private void some(Map<String, Value> parameters, List<String> subnets) {
    var some = facts.onePerZone(subnets).stream().limit(MOST_SUBNETS).toList();
    text(parameters, "SubnetIds", String.join(",", some));
    text(parameters, "SubnetCount", some.size());
  }

  private CloudFacts.Cluster existing() {
    return facts
        .cluster()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.CONFIG,
                    ("cloud.aws.cluster is %s, and there is no such cluster in %s; add"
                            + " cloud.aws.kubernetes: {} and cloud.aws.network: {} to have it made")
                        .formatted(aws.cluster(), aws.region())));
  }

  private Stack nodes(AwsKubernetes kubernetes) {
    var parameters = parameters();
    text(parameters, "AutoMode", kubernetes.autoMode());
    if (!kubernetes.autoMode()) {
      var system = kubernetes.system();
      parameters.put("SubnetIds", subnets());
      text(parameters, "InstanceTypes", String.join(",", system.instanceTypes()));
      text(parameters, "MinSize", system.min());
      text(parameters, "MaxSize", system.max());
      text(parameters, "DiskGiB", Math.ceilDiv(system.disk().bytes(), 1L << 30));
      text(parameters, "AmiType", system.image());
      text(
          parameters,
          "Device",
          system.image().startsWith("BOTTLEROCKET") ? "/dev/xvdb" : "/dev/xvda");
    }
    text(parameters, "FileSystem", aws.fileSystem().isPresent());
    bucket(parameters, "DataBucket", Bucket.DATA);
    boundary(parameters);
    return stack("nodes", parameters);
  }

  private Stack roles(AwsRoles roles) {
    var parameters = parameters();
    text(parameters, "Namespace", definition.kubernetes().gateways());
    if (aws.kubernetes().filter(k -> !k.autoMode()).isPresent()) {
      parameters.put("NodeRoleArns", output("nodes", "NodeRoleArn"));
    }
    bucket(parameters, "AuditBucket", Bucket.AUDIT);
    bucket(parameters, "RecordsBucket", Bucket.RECORDS);
    text(
        parameters,
        "LoadBalancerController",
        aws.kubernetes().filter(AwsKubernetes::autoMode).isEmpty());
    boundary(parameters);
    return stack("roles", parameters);
  }

  private Stack role(AwsRoles roles, MachineTypeName type) {
    var role = Objects.requireNonNull(roles.workspaces().get(type));
    var parameters = parameters();
    text(parameters, "Namespace", definition.kubernetes().namespace());
    text(parameters, "ServiceAccount", "workspace-" + type);
    text(parameters, "ReadObjects", arns(role.read()));
    text(parameters, "WriteObjects", arns(role.write()));
    text(parameters, "Policies", String.join(",", role.policies()));
    boundary(parameters);
    return new Stack(
        name(aws.cluster(), "workspaces-" + type),
        templates.resolve("workspaces.yaml"),
        Collections.unmodifiableSortedMap(new TreeMap<>(parameters)));
  }

  private Stack administrator(String arn) {
    var parameters = parameters();
    text(parameters, "PrincipalArn", arn);
    return new Stack(
        name(aws.cluster(), "administrator-" + digest(arn)),
        templates.resolve("administrator.yaml"),
        Collections.unmodifiableSortedMap(new TreeMap<>(parameters)));
  }

  /** Of each bucket itself, and of what is in it. */
  private String arns(List<String> buckets) {
    return buckets.stream()
        .map(bucket -> "arn:%s:s3:::%s".formatted(partition(), bucket))
        .flatMap(arn -> Stream.of(arn, arn + "/*"))
        .collect(Collectors.joining(","));
  }

  /** China and the governments' clouds have names of their own in every ARN. */
  private String partition() {
    return aws.region().startsWith("cn-")
        ? "aws-cn"
        : aws.region().startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  private Value subnets() {
    return switch (aws.network().orElseThrow()) {
      case NewNetwork _ -> output("network", "PrivateSubnetIds");
      case ExistingNetwork network -> new Text(String.join(",", network.privateSubnets()));
    };
  }

  private void bucket(Map<String, Value> parameters, String name, Bucket bucket) {
    if (aws.buckets().contains(bucket)) {
      parameters.put(name, output("storage", parameter(bucket) + "Name"));
    }
  }

  private static String parameter(Bucket bucket) {
    return switch (bucket) {
      case AUDIT -> "AuditBucket";
      case RECORDS -> "RecordsBucket";
      case DATA -> "DataBucket";
    };
  }

  private void boundary(Map<String, Value> parameters) {
    aws.roles()
        .flatMap(AwsRoles::permissionsBoundary)
        .ifPresent(arn -> text(parameters, "PermissionsBoundary", arn));
  }

  private Map<String, Value> parameters() {
    var parameters = new TreeMap<String, Value>();
    text(parameters, "Cluster", aws.cluster());
    return parameters;
  }

  private static void text(Map<String, Value> parameters, String name, Object value) {
    parameters.put(name, new Text(String.valueOf(value)));
  }

  private Value output(String part, String output) {
    return new Output(name(aws.cluster(), part), output);
  }

  private Stack stack(String part, Map<String, Value> parameters) {
    return new Stack(
        name(aws.cluster(), part),
        templates.resolve(part + ".yaml"),
        Collections.unmodifiableSortedMap(new TreeMap<>(parameters)));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
          .substring(0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
