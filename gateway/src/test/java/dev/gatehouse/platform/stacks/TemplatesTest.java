package dev.gatehouse.platform.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.platform.objects.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code k8s/aws}, against AWS' own specification. */
final class TemplatesTest {
  private static final Path TEMPLATES = Path.of("../k8s/aws");
  private static final Set<String> DATA = Set.of("AWS::EFS::FileSystem", "AWS::S3::Bucket");

  static Stream<String> templates() throws IOException {
    try (var files = Files.list(TEMPLATES)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String text(String name) throws IOException {
    return Files.readString(TEMPLATES.resolve(name));
  }

  @Test
  void templates_areThese() throws IOException {
    assertThat(templates())
        .containsExactly(
            "administrator.yaml",
            "cluster.yaml",
            "network.yaml",
            "nodes.yaml",
            "roles.yaml",
            "storage.yaml",
            "workspaces.yaml");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void check_ourTemplate_findsNothing(String name) throws IOException {
    assertThat(TemplateChecker.mistakes(StackTemplate.parse(text(name)), ServiceSpec.load()))
        .isEmpty();
  }

  /** What is larger has to go by a bucket, which an empty account does not have. */
  @ParameterizedTest
  @MethodSource("templates")
  void template_isSmallEnoughForTheCallItself(String name) throws IOException {
    assertThat(Files.size(TEMPLATES.resolve(name))).isLessThanOrEqualTo(StackTemplate.MOST_BYTES);
  }

  /** One mistake each, of every kind that is looked for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "network.yaml | Type: AWS::EC2::NatGateway | Type: AWS::EC2::NatGatway |"
            + " Nat1: no such type: AWS::EC2::NatGatway",
        "network.yaml | EnableDnsSupport: true | EnableDnsSuport: true |"
            + " Vpc: no such property: EnableDnsSuport",
        "network.yaml | EnableDnsSupport: true | EnableDnsSupport: yes |"
            + " Vpc.EnableDnsSupport: must not be yes",
        "network.yaml | GetAtt Vpc.CidrBlock | GetAtt Vpc.Cidr |"
            + " Outputs: no such attribute: Vpc.Cidr",
        "network.yaml | SubnetId: !Ref PublicSubnet1, All | SubnetId: !Ref PublicSubnet4, All |"
            + " Nat1: Ref to nothing: PublicSubnet4",
        "network.yaml | DependsOn: InternetGatewayAttachment | DependsOn: Attachment |"
            + " PublicRoute: depends on no resource: Attachment",
        "network.yaml | Condition: HasThirdRoute | Condition: HasForthRoute |"
            + " PrivateRoute3: no such condition: HasForthRoute",
        "network.yaml | !If [HasZones, | !If [HaveZones, |"
            + " PublicSubnet1: no such condition: HaveZones",
        "cluster.yaml | EnabledTypes: | EnableTypes: |"
            + " EksCluster.Logging.ClusterLogging: no such property: EnableTypes",
        "cluster.yaml | SubnetIds: !Ref SubnetIds | SubnetIdentifiers: !Ref SubnetIds |"
            + " EksCluster.ResourcesVpcConfig: SubnetIds is missing",
        "cluster.yaml | ResolveConflicts: OVERWRITE | ResolveConflicts: OVERRIDE |"
            + " PodIdentityAgent.ResolveConflicts: must not be OVERRIDE",
        "cluster.yaml | !Sub Secrets of the EKS cluster ${Cluster} | !Sub Secrets of ${Clustr} |"
            + " SecretsKey: Ref to nothing: Clustr",
        "nodes.yaml | NodeRole: !GetAtt NodeRole.Arn | Role: !GetAtt NodeRole.Arn |"
            + " SystemNodes: NodeRole is missing",
        "nodes.yaml | AmiType: !Ref AmiType | AmiType: AL2023_x86_64_STANDARD |"
            + " parameter AmiType is not used",
        "nodes.yaml | HttpPutResponseHopLimit: 1 | HttpPutResponseHopLimit: one |"
            + " LaunchTemplate.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit: must"
            + " not be one",
        "storage.yaml | Rules: [{ObjectOwnership: BucketOwnerEnforced}] | Rules:"
            + " {ObjectOwnership: BucketOwnerEnforced} |"
            + " Audit.OwnershipControls.Rules: must be a list",
        "roles.yaml | Namespace: kube-system | NameSpace: kube-system |"
            + " LoadBalancerControllerAssociation: Namespace is missing",
        "workspaces.yaml | !Not [!Equals [!Join ['', !Ref WriteObjects] | !Not [!Equals [!Merge"
            + " ['', !Ref WriteObjects] | Conditions: no such function: Fn::Merge"
      })
  void check_plantedMistake_isFound(String name, String right, String wrong, String found)
      throws IOException {
    var text = text(name);
    assertThat(text).contains(right);
    assertThat(
            TemplateChecker.mistakes(
                StackTemplate.parse(text.replace(right, wrong)), ServiceSpec.load()))
        .contains(found);
  }

  /** A deleted stack, or a changed name, must not take people's data along. */
  @ParameterizedTest
  @MethodSource("templates")
  void resource_thatHoldsData_isRetained(String name) throws IOException {
    resources(name)
        .filter(r -> DATA.contains(Trees.text(r.getValue().get("Type"))))
        .forEach(
            r ->
                assertThat(r.getValue())
                    .as(r.getKey())
                    .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                    .containsEntry("UpdateReplacePolicy", "Retain"));
  }

  @Test
  void buckets_areVersionedEncryptedAndClosed() throws IOException {
    var buckets =
        resources("storage.yaml")
            .filter(r -> r.getValue().get("Type").equals("AWS::S3::Bucket"))
            .map(r -> Trees.map(r.getValue().get("Properties")))
            .toList();
    assertThat(buckets)
        .hasSize(3)
        .allSatisfy(
            bucket -> {
              assertThat(Trees.at(bucket, "VersioningConfiguration.Status")).contains("Enabled");
              assertThat(bucket).containsKey("BucketEncryption");
              assertThat(Trees.map(bucket.get("PublicAccessBlockConfiguration")).values())
                  .hasSize(4)
                  .containsOnly("true");
            });
  }

  @Test
  void nodes_getNoCredentialsToPods() throws IOException {
    var options =
        resources("nodes.yaml")
            .filter(r -> r.getValue().get("Type").equals("AWS::EC2::LaunchTemplate"))
            .map(
                r ->
                    Trees.at(r.getValue(), "Properties.LaunchTemplateData.MetadataOptions")
                        .orElseThrow())
            .toList();
    assertThat(options)
        .containsExactly(
            Map.of(
                "HttpEndpoint",
                "enabled",
                "HttpTokens",
                "required",
                "HttpPutResponseHopLimit",
                "1"));
  }

  /** docs/aws.md has what the code calls; a test of its own holds it to the code. */
  @Test
  void operator_mayDoWhatItCalls_andNothingToStacksRolesOrBuckets() throws IOException {
    var roles = text("roles.yaml");
    var operator = roles.substring(roles.indexOf("OperatorRole:"), roles.indexOf("GatewayRole:"));
    var needed =
        Pattern.compile("^\\| `([a-z0-9]+:[A-Za-z]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/aws.md")))
            .results()
            .map(found -> found.group(1))
            // Needs no permission.
            .filter(action -> !action.equals("sts:GetCallerIdentity"))
            .toList();
    assertThat(needed).hasSizeGreaterThan(10).allSatisfy(a -> assertThat(operator).contains(a));
    assertThat(operator).doesNotContain("cloudformation:", "s3:", "iam:Create", "iam:Put", ":*'");
  }

  @Test
  void gateway_writesToItsBuckets_andDeletesNothing() throws IOException {
    var roles = text("roles.yaml");
    var gateway =
        roles.substring(roles.indexOf("GatewayRole:"), roles.indexOf("GatewayAssociation:"));
    assertThat(gateway)
        .contains("${AuditBucket}", "${RecordsBucket}")
        .doesNotContain("Delete", "ec2:");
  }

  /** Without it every NetworkPolicy is a wish. */
  @Test
  void network_ofPods_enforcesPolicies() throws IOException {
    assertThat(text("cluster.yaml")).contains("'{\"enableNetworkPolicy\": \"true\"}'");
  }

  @Test
  void resources_ofConditions_areThoseThatHold() throws IOException {
    var network = StackTemplate.parse(text("network.yaml"));
    assertThat(network.resources(Map.of("NatGateways", "one")))
        .extracting(StackTemplate.Resource::id)
        .contains("Nat1", "PrivateSubnet3", "PrivateRoute3")
        .doesNotContain("Nat2", "Nat3", "StsEndpoint");
    assertThat(
            network.resources(
                Map.of("NatGateways", "perZone", "ZoneCount", "2", "PrivateEndpoints", "true")))
        .extracting(StackTemplate.Resource::id)
        .contains("Nat1", "Nat2", "StsEndpoint")
        .doesNotContain("Nat3", "PrivateSubnet3", "PrivateRoute3");
  }

  private static Stream<Map.Entry<String, Map<String, Object>>> resources(String name)
      throws IOException {
    return Trees.map(StackTemplate.parse(text(name)).tree().get("Resources")).entrySet().stream()
        .map(e -> Map.entry(e.getKey(), Trees.map(e.getValue())));
  }
}
