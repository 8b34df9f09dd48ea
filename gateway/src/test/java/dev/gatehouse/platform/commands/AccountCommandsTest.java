package dev.gatehouse.platform.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.PlatformFixture;
import dev.gatehouse.platform.helm.Release;
import dev.gatehouse.platform.helm.Renderer;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeCloudFormation;
import dev.gatehouse.testkit.aws.FakeClusters;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.FakeVpc;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.eks.model.VersionStatus;

/** plan, apply and destroy on an account, from nothing to nothing. */
final class AccountCommandsTest {
  private static final String ACCOUNT =
      """
      gateway: {name: lab, replicas: 2}
      machineTypes: {standard: {}, gpu: {}}
      cloud:
        aws:
          region: eu-central-1
          account: '123456789012'
          cluster: lab
          network: {}
          kubernetes:
            administrators: ['arn:aws:iam::123456789012:role/ops']
          fileSystem: {}
          buckets: [audit, data]
          roles: {workspaces: {gpu: {read: [datasets]}}}
      """;

  private final PlatformFixture fixture = new PlatformFixture();
  private final FakeCloudFormation formation = new FakeCloudFormation(fixture::instant);
  private final FakeClusters clusters =
      new FakeClusters(() -> String.valueOf(fixture.client.getMasterUrl()));
  private final FakeVpc vpc = new FakeVpc();
  private final AwsServer server = AwsServer.start(new FakeSts(), formation, clusters, vpc);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    formation.listen(clusters::changed);
    clusters.version("1.34", VersionStatus.STANDARD_SUPPORT, Instant.parse("2026-12-02T00:00:00Z"));
    clusters.version("1.35", VersionStatus.STANDARD_SUPPORT, Instant.parse("2027-03-27T00:00:00Z"));
    clusters.version("1.9", VersionStatus.EXTENDED_SUPPORT, Instant.parse("2020-01-01T00:00:00Z"));
    define(ACCOUNT);
  }

  @AfterEach
  void close() {
    server.close();
    fixture.close();
  }

  private void define(String text) throws IOException {
    Files.writeString(folder.resolve("cluster.yaml"), text);
  }

  private Site site() {
    return new Site(
        new AwsAccounts((_, account) -> server.aws(account)),
        () -> {
          throw new AssertionError("the kubeconfig is of another cluster");
        },
        (client, aws) ->
            new Workbench(client, fixture.helm, aws, _ -> fixture.store, fixture, fixture::pause),
        Charts::new,
        fixture,
        fixture::pause);
  }

  /** Renders without a cluster, as the fixture's Helm does. */
  private final class Charts implements Renderer {
    @Override
    public String render(Release release) {
      return fixture.helm.render(release);
    }

    @Override
    public void close() {}
  }

  private int plan() {
    try (var site = site()) {
      return new PlanCommand(options(), false).run(site, screen(""));
    }
  }

  private int apply() throws InterruptedException {
    try (var site = site()) {
      return new ApplyCommand(options(), null, null, true).run(site, screen(""));
    }
  }

  private int destroy() throws InterruptedException {
    try (var site = site()) {
      return new DestroyCommand(options(), List.of(), "lab").run(site, screen(""));
    }
  }

  private PlatformOptions options() {
    return new PlatformOptions(folder.resolve("cluster.yaml"), Path.of("../k8s"));
  }

  private Screen screen(String input) {
    return new Screen(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new BufferedReader(new StringReader(input)),
        false);
  }

  private String printed() {
    var text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  @Test
  void plan_emptyAccount_showsAllOfIt_andChangesNothing() {
    assertThat(plan()).isEqualTo(PlanCommand.CHANGES);
    assertThat(printed())
        .contains(
            "gatehouse-lab-network\n",
            "  + AWS::EC2::VPC gatehouse-lab-network/Vpc\n",
            "  + AWS::EKS::Cluster gatehouse-lab-cluster/EksCluster\n",
            "  + AWS::EFS::FileSystem gatehouse-lab-storage/Files\n",
            "  + AWS::EKS::Nodegroup gatehouse-lab-nodes/SystemNodes\n",
            "  + AWS::IAM::Role gatehouse-lab-workspaces-gpu/Role\n",
            "gatehouse-lab-administrator-",
            "  + Deployment gatehouse/gatehouse\n",
            " to create, 0 to change, 0 to replace, 0 to delete.");
    assertThat(formation.names()).isEmpty();
  }

  @Test
  void apply_emptyAccount_makesTheCluster_andGoesOnInIt_andTwiceChangesNothing()
      throws InterruptedException {
    assertThat(apply()).isZero();

    assertThat(printed())
        .contains("gatehouse-lab-cluster: done", "gatehouse-lab-nodes: done", "gatehouse: done (");
    assertThat(formation.names())
        .startsWith(
            "gatehouse-lab-network",
            "gatehouse-lab-cluster",
            "gatehouse-lab-storage",
            "gatehouse-lab-nodes",
            "gatehouse-lab-roles",
            "gatehouse-lab-workspaces-gpu")
        .hasSize(7);
    assertThat(formation.parameters("gatehouse-lab-cluster"))
        .containsEntry("Version", "1.35")
        .hasEntrySatisfying(
            "SubnetIds",
            ids ->
                assertThat(ids)
                    .matches(
                        "subnet-privatesubnet1-\\d+,subnet-privatesubnet2-\\d+,subnet-privatesubnet3-\\d+"));
    assertThat(formation.parameters("gatehouse-lab-nodes").get("DataBucket"))
        .startsWith("gatehouse-lab-storage-data");
    assertThat(formation.parameters("gatehouse-lab-workspaces-gpu"))
        .containsEntry("ReadObjects", "arn:aws:s3:::datasets,arn:aws:s3:::datasets/*");

    var calls = server.requests(CreateStackRequest.class).size();
    assertThat(apply()).isZero();
    assertThat(printed()).startsWith("No change: the cluster is as the definition says.\n");
    assertThat(server.requests(CreateStackRequest.class)).hasSize(calls);
    assertThat(plan()).isZero();
  }

  @Test
  void apply_dies_theNextGoesOn() throws InterruptedException {
    formation.fail("SystemNodes", "Your requested instance type is not supported in your zones");
    assertThatThrownBy(this::apply).isInstanceOf(FailureException.class);
    assertThat(printed())
        .contains(
            "gatehouse-lab-nodes: stopped",
            "Done: gatehouse-lab-network, gatehouse-lab-cluster, gatehouse-lab-storage",
            "Run the same command again to go on.");
    formation.noMoreFailures();
    assertThat(apply()).isZero();
    assertThat(printed())
        .contains(
            "gatehouse-lab-nodes (its creation failed: ROLLBACK_COMPLETE; it is deleted first)");
    assertThat(formation.status("gatehouse-lab-nodes")).contains("CREATE_COMPLETE");
  }

  @Test
  void apply_administratorIsGone_takesTheRightsAway() throws InterruptedException, IOException {
    apply();
    printed();
    define(ACCOUNT.replace("['arn:aws:iam::123456789012:role/ops']", "[]"));
    assertThat(plan()).isEqualTo(PlanCommand.CHANGES);
    assertThat(printed())
        .containsPattern(
            "- AWS::CloudFormation::Stack gatehouse-lab-administrator-[0-9a-f]{8} \\(its rights"
                + " end\\)");
    apply();
    assertThat(formation.names()).noneMatch(name -> name.contains("administrator"));
  }

  @Test
  void plan_versionWhoseSupportEndsSoon_saysSo() throws InterruptedException, IOException {
    define(ACCOUNT.replace("kubernetes:\n", "kubernetes:\n      version: '1.34'\n"));
    apply();
    assertThat(printed())
        .contains(
            "Note: the standard support of Kubernetes 1.34 ends on 2026-12-02; set"
                + " cloud.aws.kubernetes.version to the next one, up to 1.35\n");
    plan();
    assertThat(printed()).contains("Note: the standard support of Kubernetes 1.34 ends");
  }

  @Test
  void destroy_takesAllOfIt_andKeepsData() throws InterruptedException {
    apply();
    vpc.put(
        Volume.builder()
            .volumeId("vol-1")
            .size(20)
            .tags(
                tag("kubernetes.io/cluster/lab", "owned"),
                tag("kubernetes.io/created-for/pvc/name", "home-ada"))
            .build());
    printed();

    assertThat(destroy()).isZero();

    assertThat(printed())
        .contains(
            "This deletes from the account, with the cluster lab in eu-central-1:\n",
            "  stack gatehouse-lab-cluster\n",
            "Stays: AWS::EFS::FileSystem fs-files-",
            "Stays: AWS::S3::Bucket gatehouse-lab-storage-data-",
            "Stays: the volume vol-1 (20 GiB, home-ada)",
            "stack gatehouse-lab-network is gone\n");
    assertThat(formation.names()).isEmpty();
    assertThat(formation.retained()).hasSize(3);

    assertThat(destroy()).isZero();
    assertThat(printed()).isEqualTo("There is nothing to delete.\n");
  }

  @Test
  void doctor_tellsDriftAndTheEndOfSupport() throws InterruptedException, IOException {
    define(ACCOUNT.replace("kubernetes:\n", "kubernetes:\n      version: '1.34'\n"));
    apply();
    formation.drifted(
        StackResourceDrift.builder()
            .stackId("gatehouse-lab-network")
            .logicalResourceId("Vpc")
            .resourceType("AWS::EC2::VPC")
            .stackResourceDriftStatus("DELETED")
            .timestamp(fixture.instant())
            .build());
    assertThat(examined())
        .extracting(finding -> finding.state() + " " + finding.what())
        .containsExactly(
            "WARNING the standard support of Kubernetes 1.34 ends on 2026-12-02; set"
                + " cloud.aws.kubernetes.version to the next one, up to 1.35",
            "WARNING somebody has changed the stack gatehouse-lab-network by hand: Vpc"
                + " (AWS::EC2::VPC) is deleted");
  }

  @Test
  void doctor_allIsWell_saysSo() throws InterruptedException {
    apply();
    assertThat(examined())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).startsWith("the stacks are as their"));
  }

  private List<Finding> examined() throws InterruptedException {
    try (var site = site()) {
      var cloud = site.cloud(options().read().definition(), options().charts()).orElseThrow();
      return new AccountExamination(site, cloud).findings();
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void plan_clusterThatIsNotThere_andIsNotToBeMade_isRefused() throws IOException {
    define("cloud: {aws: {region: eu-central-1, cluster: other}}\n");
    assertThatThrownBy(this::plan)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cloud.aws.cluster is other, and there is no such cluster");
  }

  /** Region and name are enough: nothing is made, all of it is looked up. */
  @Test
  void apply_onAClusterOfSomebodyElse_makesNoStack_butWhatIsSaid()
      throws InterruptedException, IOException {
    clusters.put("theirs", "1.35");
    var theirs = "cloud: {aws: {region: eu-central-1, cluster: theirs%s}}\n";
    define(theirs.formatted(""));
    assertThat(apply()).isZero();
    assertThat(formation.names()).isEmpty();

    define(theirs.formatted(", fileSystem: {}, buckets: [records]"));
    assertThat(apply()).isZero();
    assertThat(formation.names()).containsExactly("gatehouse-theirs-storage");
    assertThat(formation.parameters("gatehouse-theirs-storage"))
        .containsEntry("VpcId", "vpc-01234567")
        .containsEntry("SubnetIds", "subnet-0000000a,subnet-0000000b")
        .containsEntry("SubnetCount", "2")
        .containsEntry("RecordsBucket", "true")
        .containsEntry("DataBucket", "false");
  }

  @Test
  void apply_inAVpcOfSomebodyElse_makesTheClusterThere() throws InterruptedException, IOException {
    define(
        """
        cloud:
          aws:
            region: eu-central-1
            cluster: lab
            network: {vpc: vpc-01234567, privateSubnets: [subnet-0000000a, subnet-0000000b]}
            kubernetes: {autoMode: true}
        """);
    assertThat(apply()).isZero();
    assertThat(formation.names()).containsExactly("gatehouse-lab-cluster", "gatehouse-lab-nodes");
    assertThat(formation.parameters("gatehouse-lab-cluster"))
        .containsEntry("SubnetIds", "subnet-0000000a,subnet-0000000b")
        .containsEntry("AutoMode", "true");
  }

  @Test
  void apply_credentialsOfAnotherAccount_areRefused() throws IOException {
    define(ACCOUNT.replace("123456789012'\n    cluster", "210987654321'\n    cluster"));
    assertThatThrownBy(this::apply)
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo("aws-other-account"));
  }
}
