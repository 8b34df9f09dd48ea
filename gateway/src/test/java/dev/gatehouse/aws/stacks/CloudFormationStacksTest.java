package dev.gatehouse.aws.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.stacks.ResourceChange;
import dev.gatehouse.platform.stacks.ResourceChange.Action;
import dev.gatehouse.platform.stacks.Stack;
import dev.gatehouse.platform.stacks.Stack.Output;
import dev.gatehouse.platform.stacks.Stack.Text;
import dev.gatehouse.platform.stacks.Stack.Value;
import dev.gatehouse.platform.stacks.StackPlan;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeCloudFormation;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.FakeVpc;
import dev.gatehouse.testkit.aws.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.PropertyDifference;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Stacks of one network and one file system, whose names say what they are. */
final class CloudFormationStacksTest {
  private static final String NETWORK =
      """
      Parameters:
        Cidr: {Type: String, Default: 10.0.0.0/16}
      Resources:
        Vpc:
          Type: AWS::EC2::VPC
          Properties: {CidrBlock: !Ref Cidr}
        Gateway:
          Type: AWS::EC2::InternetGateway
      Outputs:
        VpcId: {Value: !Ref Vpc}
      """;

  private static final String STORAGE =
      """
      Parameters:
        VpcId: {Type: String}
        Encrypted: {Type: String, Default: 'true'}
        HasData: {Type: String, Default: 'true'}
      Conditions:
        Data: !Equals [!Ref HasData, 'true']
      Resources:
        Files:
          Type: AWS::EFS::FileSystem
          Condition: Data
          DeletionPolicy: RetainExceptOnCreate
          UpdateReplacePolicy: Retain
          Properties: {Encrypted: !Ref Encrypted}
        Group:
          Type: AWS::EC2::SecurityGroup
          Properties: {GroupDescription: files, VpcId: !Ref VpcId}
      """;

  private static final String NAME = "gatehouse-lab-network";

  private Instant now = Instant.parse("2026-11-30T10:00:00Z");
  private final FakeCloudFormation formation = new FakeCloudFormation(() -> now);
  private final FakeVpc vpc = new FakeVpc();
  private final AwsServer server = AwsServer.start(new FakeSts(), formation, vpc);
  private final Aws aws = server.aws(Optional.empty());
  private final List<String> told = new ArrayList<>();
  private final CloudFormationStacks stacks = stacks();

  @TempDir private Path folder;

  private CloudFormationStacks stacks() {
    return new CloudFormationStacks(aws, "lab", () -> now, this::pause);
  }

  private void pause(Duration time) {
    now = now.plus(time);
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("network.yaml"), NETWORK);
    Files.writeString(folder.resolve("storage.yaml"), STORAGE);
  }

  @AfterEach
  void close() {
    aws.close();
    server.close();
  }

  private Stack network(String... parameters) {
    return stack(NAME, "network.yaml", texts(parameters));
  }

  private Stack storage(String... parameters) {
    var values = texts(parameters);
    values.put("VpcId", new Output(NAME, "VpcId"));
    return stack("gatehouse-lab-storage", "storage.yaml", values);
  }

  private static Map<String, Value> texts(String... pairs) {
    var values = new TreeMap<String, Value>();
    for (var i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], new Text(pairs[i + 1]));
    }
    return values;
  }

  private Stack stack(String name, String template, Map<String, Value> parameters) {
    return new Stack(name, folder.resolve(template), new TreeMap<>(parameters));
  }

  private void apply(Stack stack) throws InterruptedException {
    stacks.apply(stack, stacks.plan(stack), told::add);
  }

  private Failure failure(Executable action) {
    return catchThrowableOfType(FailureException.class, action::run).failure();
  }

  private interface Executable {
    void run() throws InterruptedException;
  }

  @Test
  void plan_newStack_isAllOfItsResources_andLeavesNothing() {
    assertThat(stacks.plan(network()).changes())
        .extracting(ResourceChange::id, ResourceChange::type, ResourceChange::action)
        .containsExactly(
            tuple("Vpc", "AWS::EC2::VPC", Action.CREATE),
            tuple("Gateway", "AWS::EC2::InternetGateway", Action.CREATE));
    assertThat(formation.names()).isEmpty();
  }

  @Test
  void apply_newStack_makesIt_andTellsHowFarItIs() throws InterruptedException {
    apply(network());
    assertThat(formation.status(NAME)).contains("CREATE_COMPLETE");
    assertThat(told).anyMatch(line -> line.matches("CloudFormation is at work; \\d+ done"));
    assertThat(server.requests(CreateStackRequest.class).getFirst().tags())
        .containsExactly(Tag.builder().key("gatehouse.dev/cluster").value("lab").build());
  }

  @Test
  void apply_twice_changesNothing() throws InterruptedException {
    apply(network());
    assertThat(stacks.plan(network())).isEqualTo(StackPlan.NOTHING);
    assertThat(formation.changeSets()).isEmpty();
    var calls = server.calls().size();
    apply(network());
    assertThat(server.calls().stream().skip(calls))
        .noneMatch(c -> c.operation().matches("(Create|Update|Execute).*Stack|ExecuteChangeSet"));
  }

  @Test
  void plan_changedParameter_isAChangeSet_thatIsDeletedAgain() throws InterruptedException {
    apply(network());
    assertThat(stacks.plan(network("Cidr", "10.1.0.0/16")).changes())
        .containsExactly(
            new ResourceChange(
                "Vpc",
                "AWS::EC2::VPC",
                Action.CHANGE,
                List.of(
                    new ResourceChange.Property(
                        "Properties.CidrBlock",
                        Optional.of("10.0.0.0/16"),
                        Optional.of("10.1.0.0/16"))),
                Optional.empty(),
                Optional.empty()));
    assertThat(formation.changeSets()).isEmpty();
    apply(network("Cidr", "10.1.0.0/16"));
    assertThat(formation.status(NAME)).contains("UPDATE_COMPLETE");
    assertThat(formation.parameters(NAME)).containsEntry("Cidr", "10.1.0.0/16");
  }

  @Test
  void plan_replacement_isFlagged() throws InterruptedException {
    apply(network());
    formation.replaces("AWS::EC2::VPC.CidrBlock");
    assertThat(stacks.plan(network("Cidr", "10.1.0.0/16")).changes())
        .extracting(ResourceChange::action)
        .containsExactly(Action.REPLACE);
  }

  @Test
  void plan_replacementOfData_isRefused_andApplyToo() throws InterruptedException {
    apply(network());
    apply(storage());
    formation.replaces("AWS::EFS::FileSystem.Encrypted");
    var plan = stacks.plan(storage("Encrypted", "false"));
    assertThat(plan.changes().getFirst().refusal().orElseThrow().code())
        .isEqualTo("stack-holds-data");
    // Also for a plan that somebody has made before.
    assertThat(
            failure(
                    () ->
                        stacks.apply(
                            storage("Encrypted", "false"),
                            StackPlan.unfinished("not known"),
                            told::add))
                .code())
        .isEqualTo("stack-holds-data");
    assertThat(formation.status("gatehouse-lab-storage")).contains("CREATE_COMPLETE");
  }

  @Test
  void plan_removalOfDataThatStays_saysSo() throws InterruptedException {
    apply(network());
    apply(storage());
    var change = stacks.plan(storage("HasData", "false")).changes().getFirst();
    assertThat(change.action()).isEqualTo(Action.DELETE);
    assertThat(change.note()).contains("leaves the stack, and stays in the account");
    assertThat(change.refusal()).isEmpty();
  }

  @Test
  void plan_removalOfDataThatWouldGo_isRefused() throws InterruptedException, IOException {
    apply(network());
    Files.writeString(
        folder.resolve("storage.yaml"),
        STORAGE.replaceAll("(?m)^ *(Deletion|UpdateReplace)Policy:.*\n", ""));
    apply(storage());
    var change = stacks.plan(storage("HasData", "false")).changes().getFirst();
    assertThat(change.refusal().orElseThrow().code()).isEqualTo("stack-holds-data");
  }

  @Test
  void plan_ofAStackWhosePredecessorIsNotThere_isKnownWhenItIs() throws InterruptedException {
    assertThat(stacks.plan(storage()).changes()).hasSize(2);
    apply(network());
    apply(storage());
    var more = storage();
    var values = new TreeMap<>(more.parameters());
    values.put("Encrypted", new Output(NAME, "Later"));
    assertThat(stacks.plan(new Stack(more.name(), more.template(), values)))
        .isEqualTo(
            StackPlan.unfinished("its changes are known when the stacks before it are there"));
  }

  @Test
  void apply_changedSinceThePlan_isRefused() throws InterruptedException {
    apply(network());
    var seen = stacks.plan(network("Cidr", "10.1.0.0/16"));
    apply(network("Cidr", "10.2.0.0/16"));
    assertThat(failure(() -> stacks.apply(network("Cidr", "10.1.0.0/16"), seen, told::add)).code())
        .isEqualTo("plan-outdated");
    assertThat(formation.parameters(NAME)).containsEntry("Cidr", "10.2.0.0/16");
    assertThat(formation.changeSets()).isEmpty();
  }

  @Test
  void apply_fails_saysWhichResourceAndWhy_andTheNextMakesItAnew() throws InterruptedException {
    formation.fail("Gateway", "The maximum number of internet gateways has been reached.");
    var why = failure(() -> apply(network()));
    assertThat(why).isInstanceOf(Failure.Denied.class);
    assertThat(why.code()).isEqualTo("aws-limit");
    assertThat(why.message())
        .contains(
            "gatehouse-lab-network is ROLLBACK_COMPLETE",
            "Gateway (AWS::EC2::InternetGateway): The maximum number");

    formation.noMoreFailures();
    assertThat(stacks.plan(network()).unfinished())
        .contains("its creation failed: ROLLBACK_COMPLETE; it is deleted first");
    apply(network());
    assertThat(formation.status(NAME)).contains("CREATE_COMPLETE");
  }

  @Test
  void apply_denied_saysWhatRightIsMissing() {
    formation.fail(
        "Vpc",
        "User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ec2:CreateVpc");
    var why = failure(() -> apply(network()));
    assertThat(why).isInstanceOf(Failure.Denied.class);
    assertThat(why.code()).isEqualTo("stack-denied");
    assertThat(why.message()).contains("ec2:CreateVpc");
  }

  @Test
  void update_fails_isRolledBack_andCanBeRepeated() throws InterruptedException {
    apply(network());
    formation.fail("Vpc", "Internal Failure");
    assertThat(failure(() -> apply(network("Cidr", "10.1.0.0/16"))).code())
        .isEqualTo("stack-failed");
    assertThat(formation.status(NAME)).contains("UPDATE_ROLLBACK_COMPLETE");
    formation.noMoreFailures();
    apply(network("Cidr", "10.1.0.0/16"));
    assertThat(formation.status(NAME)).contains("UPDATE_COMPLETE");
  }

  @Test
  void update_cannotBeRolledBack_saysWhatToTypeAndWhatToSkip() throws InterruptedException {
    apply(network());
    formation.fail("Vpc", "Internal Failure");
    formation.failToRollBack("Vpc", "The address is taken");
    var why = failure(() -> apply(network("Cidr", "10.1.0.0/16")));
    assertThat(why.code()).isEqualTo("stack-stuck");
    assertThat(why.message())
        .contains(
            "UPDATE_ROLLBACK_FAILED",
            "Vpc (AWS::EC2::VPC): The address is taken",
            "aws cloudformation continue-update-rollback --stack-name gatehouse-lab-network",
            "--resources-to-skip Vpc");
    assertThat(stacks.plan(network()).refusal().orElseThrow()).isEqualTo(why);
  }

  @Test
  void apply_leftoverInReview_isDeletedFirst() throws InterruptedException {
    formation.put(NAME, "REVIEW_IN_PROGRESS", ours());
    assertThat(stacks.plan(network()).unfinished().orElseThrow()).contains("REVIEW_IN_PROGRESS");
    apply(network());
    assertThat(formation.status(NAME)).contains("CREATE_COMPLETE");
  }

  @Test
  void plan_stackOfSomebodyElse_isRefused_andNotRemoved() {
    formation.put(NAME, "CREATE_COMPLETE");
    var why = stacks.plan(network()).refusal().orElseThrow();
    assertThat(why.code()).isEqualTo("stack-not-ours");
    assertThat(why.message()).contains("gatehouse.dev/cluster=lab");
    assertThat(failure(() -> apply(network()))).isEqualTo(why);
    assertThat(failure(() -> stacks.remove(NAME, told::add))).isEqualTo(why);
    assertThat(stacks.present()).isEmpty();
    assertThat(formation.status(NAME)).contains("CREATE_COMPLETE");
  }

  /** The process was killed while CloudFormation worked. */
  @Test
  void apply_afterOneThatDied_waitsForIt_andGoesOn() throws InterruptedException {
    var dying = new CloudFormationStacks(aws, "lab", () -> now, _ -> die());
    assertThat(failureOf(() -> dying.apply(network(), dying.plan(network()), told::add)))
        .isInstanceOf(Died.class);
    assertThat(formation.status(NAME)).contains("CREATE_IN_PROGRESS");
    assertThat(stacks.plan(network()).unfinished())
        .contains("an earlier apply is at work: CREATE_IN_PROGRESS");
    apply(network("Cidr", "10.1.0.0/16"));
    assertThat(formation.status(NAME)).contains("UPDATE_COMPLETE");
    assertThat(formation.parameters(NAME)).containsEntry("Cidr", "10.1.0.0/16");
  }

  @Test
  void plan_diedWithAChangeSet_theNextDeletesIt() throws InterruptedException {
    apply(network());
    var dying = new CloudFormationStacks(aws, "lab", () -> now, _ -> die());
    assertThat(failureOf(() -> dying.plan(network("Cidr", "10.1.0.0/16"))))
        .isInstanceOf(Died.class);
    assertThat(formation.changeSets()).hasSize(1);
    stacks.plan(network("Cidr", "10.1.0.0/16"));
    assertThat(formation.changeSets()).isEmpty();
  }

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static void die() {
    throw new Died();
  }

  private static RuntimeException failureOf(Executable action) {
    return catchThrowableOfType(RuntimeException.class, action::run);
  }

  @Test
  void apply_answerLost_makesOneStack() throws InterruptedException {
    server.fail("CreateStack", new Fault.CutAfter());
    apply(network());
    assertThat(formation.names()).containsExactly(NAME);
  }

  @Test
  void update_answersLost_isCarriedOutOnce() throws InterruptedException {
    apply(network());
    var plan = stacks.plan(network("Cidr", "10.1.0.0/16"));
    server.fail("CreateChangeSet", new Fault.CutAfter());
    server.fail("ExecuteChangeSet", new Fault.CutAfter());
    stacks.apply(network("Cidr", "10.1.0.0/16"), plan, told::add);
    assertThat(formation.status(NAME)).contains("UPDATE_COMPLETE");
  }

  @Test
  void apply_throttled_isRepeated() throws InterruptedException {
    server.fail("DescribeStacks", Fault.throttled400(), Fault.throttled400());
    server.fail("DescribeStackEvents", Fault.throttled400());
    apply(network());
    assertThat(formation.status(NAME)).contains("CREATE_COMPLETE");
  }

  @Test
  void everything_byPagesOfOne_isRead() throws InterruptedException {
    formation.pageSize(1);
    apply(network());
    apply(storage());
    assertThat(stacks.present()).containsExactly(NAME, "gatehouse-lab-storage");
    assertThat(stacks.plan(storage("Encrypted", "false", "HasData", "true")).changes()).hasSize(1);
    formation.replaces("AWS::EFS::FileSystem.Encrypted");
    assertThat(stacks.kept("gatehouse-lab-storage"))
        .containsExactly("AWS::EFS::FileSystem fs-files-1");
  }

  @Test
  void remove_keepsWhatHoldsData() throws InterruptedException {
    apply(network());
    apply(storage());
    stacks.remove("gatehouse-lab-storage", told::add);
    assertThat(formation.names()).containsExactly(NAME);
    assertThat(formation.retained()).containsExactly("fs-files-1");
    stacks.remove("gatehouse-lab-storage", told::add);
  }

  @Test
  void remove_isKeptByALoadBalancer_saysWhich() throws InterruptedException {
    apply(network());
    formation.failToDelete("Vpc", "The vpc 'vpc-vpc-1' has dependencies and cannot be deleted.");
    vpc.put(
        NetworkInterface.builder()
            .networkInterfaceId("eni-1")
            .vpcId("vpc-vpc-1")
            .description("ELB net/k8s-gatehous-gatehous-1/2")
            .build());
    vpc.put(
        NetworkInterface.builder()
            .networkInterfaceId("eni-2")
            .vpcId("vpc-vpc-1")
            .description("aws-K8S-i-0123")
            .build());
    vpc.put(
        SecurityGroup.builder()
            .groupId("sg-1")
            .groupName("k8s-traffic-lab")
            .vpcId("vpc-vpc-1")
            .build());
    var why = failure(() -> stacks.remove(NAME, told::add));
    assertThat(why.code()).isEqualTo("stack-stuck");
    assertThat(why.message())
        .contains(
            "Vpc (AWS::EC2::VPC): The vpc 'vpc-vpc-1' has dependencies",
            "net/k8s-gatehous-gatehous-1/2",
            "eni-2 (aws-K8S-i-0123)",
            "sg-1 (k8s-traffic-lab)");
    assertThat(stacks.plan(network()).refusal().orElseThrow().message())
        .contains("DELETE_FAILED", "Run gatehouse destroy again");

    formation.noMoreFailures();
    stacks.remove(NAME, told::add);
    assertThat(formation.names()).isEmpty();
  }

  @Test
  void remove_protectedCluster_takesTheProtectionOffFirst()
      throws InterruptedException, IOException {
    Files.writeString(
        folder.resolve("cluster.yaml"),
        """
        Parameters:
          DeletionProtection: {Type: String, Default: 'true'}
          Name: {Type: String}
        Resources:
          Cluster:
            Type: AWS::EKS::Cluster
            Properties: {Name: !Ref Name, DeletionProtection: !Ref DeletionProtection}
        """);
    var cluster =
        stack(
            "gatehouse-lab-cluster",
            "cluster.yaml",
            texts("DeletionProtection", "true", "Name", "lab"));
    apply(cluster);
    stacks.remove("gatehouse-lab-cluster", told::add);
    assertThat(formation.names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"})
  void plan_somethingUnderWay_saysSo(String status) {
    formation.put(NAME, status, ours());
    assertThat(stacks.plan(network()).unfinished().orElseThrow()).contains(status);
  }

  @Test
  void drift_isToldByProperty() throws InterruptedException {
    apply(network());
    formation.drifted(
        StackResourceDrift.builder()
            .stackId(NAME)
            .logicalResourceId("Vpc")
            .resourceType("AWS::EC2::VPC")
            .stackResourceDriftStatus("MODIFIED")
            .timestamp(now)
            .propertyDifferences(
                PropertyDifference.builder()
                    .propertyPath("/EnableDnsHostnames")
                    .expectedValue("true")
                    .actualValue("false")
                    .differenceType("NOT_EQUAL")
                    .build())
            .build());
    formation.drifted(
        StackResourceDrift.builder()
            .stackId(NAME)
            .logicalResourceId("Gateway")
            .resourceType("AWS::EC2::InternetGateway")
            .stackResourceDriftStatus("DELETED")
            .timestamp(now)
            .build());
    assertThat(stacks.drift(NAME))
        .containsExactly(
            "Vpc.EnableDnsHostnames: false, and the template says true",
            "Gateway (AWS::EC2::InternetGateway) is deleted");
  }

  private static Tag ours() {
    return Tag.builder().key("gatehouse.dev/cluster").value("lab").build();
  }

  @Test
  void progress_saysWhatIsWaitedFor_andHowLongItUsuallyTakes()
      throws InterruptedException, IOException {
    Files.writeString(
        folder.resolve("cluster.yaml"),
        """
        Resources:
          Cluster: {Type: 'AWS::EKS::Cluster'}
        """);
    apply(stack("gatehouse-lab-cluster", "cluster.yaml", texts()));
    assertThat(told)
        .contains("Cluster (AWS::EKS::Cluster), for 0 min, which usually takes 10; 0 of 1 done");
  }
}
