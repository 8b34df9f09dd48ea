package dev.gatehouse.platform.doctor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Examination;
import dev.gatehouse.doctor.Finding.State;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.KarpenterController;
import dev.gatehouse.testkit.kubernetes.RestrictedPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check on a cluster that is well, and with its fault planted. */
final class ClusterChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final String OURS = "gatehouse";
  private static final String WORKSPACES = "gatehouse-workspaces";

  private static final String WELL =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      spec: {}
      status:
        allocatable: {cpu: '4', memory: 16Gi}
        conditions: [{type: Ready, status: 'True'}]
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata:
        name: disks
        annotations: {storageclass.kubernetes.io/is-default-class: 'true'}
      provisioner: csi.example.com
      volumeBindingMode: WaitForFirstConsumer
      ---
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata: {name: gatehouse-platform}
      value: 1000000
      ---
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata: {name: gatehouse-workspace}
      value: 10000
      ---
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: all, namespace: gatehouse-workspaces}
      status: {hard: {requests.cpu: '10'}, used: {requests.cpu: '2'}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: default-deny, namespace: gatehouse-workspaces}
      spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: default-deny, namespace: gatehouse}
      spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: gatehouse, namespace: gatehouse}
      spec: {type: LoadBalancer, ports: [{port: 22}]}
      status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
      """;

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private ClusterDefinition definition = ClusterDefinitionFile.parse("cluster.yaml", "{}");

  @BeforeEach
  void well() {
    api.clock(InstantSource.fixed(NOW));
    for (var document : WELL.split("---\n", -1)) {
      client.resource(document).create();
    }
  }

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private void define(String yaml) {
    definition = ClusterDefinitionFile.parse("cluster.yaml", yaml);
  }

  private void put(String yaml) {
    client.resource(yaml).create();
  }

  private ClusterChecks checks() {
    return new ClusterChecks(client, () -> definition, OURS, InstantSource.fixed(NOW));
  }

  /** What is not well, and what to do, a line each. */
  private String complaints() throws InterruptedException {
    return complaints(checks().ofPerson(false, CloudPools.NONE), State.PROBLEM, State.WARNING);
  }

  private static String complaints(List<Check> checks, State... states)
      throws InterruptedException {
    return Examination.of(checks).parts().stream()
        .flatMap(
            part ->
                part.findings().stream()
                    .filter(f -> List.of(states).contains(f.state()))
                    .map(
                        f ->
                            "%s %s: %s → %s"
                                .formatted(f.state().word(), part.subject(), f.what(), f.advice())))
        .collect(joining("\n"));
  }

  /** A site without snapshots is a choice, and said. */
  @Test
  void examine_clusterThatIsWell_findsNoProblem() throws InterruptedException {
    api.lack("snapshot.storage.k8s.io");
    assertThat(complaints(checks().ofPerson(false, CloudPools.NONE), State.PROBLEM)).isEmpty();
    assertThat(complaints()).startsWith("warning Storage: the cluster has no volume snapshots");
    assertThat(complaints(checks().ofPerson(false, CloudPools.NONE), State.NOT_CHECKED))
        .isEqualTo(
            "not checked Isolation: whether the cluster's network keeps these rules → 'gatehouse"
                + " doctor --probe' tries it with two pods");
  }

  @Test
  void version_tooOld_isAProblem() throws InterruptedException {
    api.version("25+");
    assertThat(complaints()).contains("problem Kubernetes: Kubernetes 1.25 is too old");
    api.version("29");
    define("machineTypes: {standard: {root: true}}");
    assertThat(complaints()).contains("standard has root: true, which Kubernetes 1.29 cannot do");
  }

  @Test
  void clock_thatIsOff_isAProblem() throws InterruptedException {
    api.clock(InstantSource.fixed(NOW.plus(Duration.ofMinutes(3))));
    assertThat(complaints()).contains("problem Kubernetes: its clock and this one are 180 s apart");
  }

  @Test
  void right_thatIsMissing_isNamed() throws InterruptedException {
    api.deny("get pods/log");
    assertThat(complaints())
        .contains(
            "problem Rights of the gateway: it may not get pods/log in gatehouse-workspaces →");
    assertThat(complaints(checks().ofGateway(NodeOverview.NOWHERE), State.PROBLEM))
        .contains("it may not get pods/log");
  }

  @Test
  void pod_thatIsRefused_isShownWithTheReason() throws InterruptedException {
    api.fail("POST .*/pods.dryRun=All", 403, "denied by webhook 'images.example.com'", 1);
    assertThat(complaints())
        .contains(
            "problem Admission: a pod of machine type standard is refused: denied by webhook");
    assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
  }

  /** Not a fault of the cluster: who looks has too few rights. */
  @Test
  void pod_thatMayNotBeMadeByWhoLooks_isNotChecked() throws InterruptedException {
    api.fail(
        "POST .*/pods.dryRun=All",
        403,
        "pods is forbidden: User \"bob\" cannot create resource \"pods\"",
        1);
    assertThat(complaints(checks().ofPerson(false, CloudPools.NONE), State.NOT_CHECKED))
        .contains("not checked Admission: these credentials may not look at it");
  }

  @Test
  void storageClass_missing_namesThoseThatAreThere() throws InterruptedException {
    define("kubernetes: {homes: {storageClass: fast}}");
    assertThat(complaints()).contains("there is no storage class fast").contains("there is: disks");
  }

  @Test
  void storageClass_noneAndNoDefault_isAProblem() throws InterruptedException {
    client.storage().v1().storageClasses().delete();
    assertThat(complaints()).contains("homes name no storage class and the cluster has no default");
  }

  @Test
  void storageClass_thatBindsAtOnce_isAWarning() throws InterruptedException {
    client.storage().v1().storageClasses().delete();
    put(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: early
          annotations: {storageclass.kubernetes.io/is-default-class: 'true'}
        provisioner: csi.example.com
        volumeBindingMode: Immediate
        """);
    assertThat(complaints()).contains("early makes volumes before it is known where");
  }

  @Test
  void priorityClass_missing_isAProblem() throws InterruptedException {
    define("machineTypes: {standard: {priorityClass: urgent}}");
    client.scheduling().v1().priorityClasses().withName("gatehouse-platform").delete();
    assertThat(complaints())
        .contains("there is no priority class gatehouse-platform")
        .contains("machine type standard names the priority class urgent");
  }

  @ParameterizedTest
  @CsvSource({"7900m, ''", "8, warning", "10, problem"})
  void quota_used_isToldBeforeItIsFull(String used, String state) throws InterruptedException {
    client.resourceQuotas().inNamespace(WORKSPACES).withName("all").delete();
    client
        .resource(
            """
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: all, namespace: gatehouse-workspaces}
            status: {hard: {requests.cpu: '10'}, used: {requests.cpu: %s}}
            """
                .formatted(used))
        .create();
    var quotas = complaints().lines().filter(l -> l.contains(" Quotas: ")).toList();
    if (state.isEmpty()) {
      assertThat(quotas).isEmpty();
    } else {
      assertThat(quotas).singleElement().asString().startsWith(state).contains("of 10)");
    }
  }

  @Test
  void nodes_thatAreUnwell_areNamed() throws InterruptedException {
    put(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: n2}
        spec: {}
        status: {allocatable: {cpu: '4', memory: 16Gi}, conditions: [{type: Ready, status: Unknown}]}
        """);
    put(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: n3}
        spec: {}
        status:
          allocatable: {cpu: '4', memory: 16Gi}
          conditions: [{type: Ready, status: 'True'}, {type: DiskPressure, status: 'True'}]
        """);
    assertThat(complaints())
        .contains("problem Nodes: node n2 is not ready")
        .contains("warning Nodes: node n3 is short of disk");
  }

  @Test
  void machineType_largerThanEachNode_isAWarning() throws InterruptedException {
    define("machineTypes: {standard: {}, huge: {cpu: '64'}, gpu: {gpus: 1}}");
    assertThat(complaints())
        .contains("machine type huge fits none of the nodes of now")
        .contains("machine type gpu fits none")
        .doesNotContain("standard fits");
  }

  @Test
  void image_thatCannotBePulled_isNamedWithItsPods() throws InterruptedException {
    client
        .resource(
            RestrictedPod.of(WORKSPACES, "ws-1", RestrictedPod.container("workspace", Map.of()))
                .withNewStatus()
                .addNewContainerStatus()
                .withName("workspace")
                .withImage("nowhere.example.com/no:1")
                .withNewState()
                .withNewWaiting("slow down", "ImagePullBackOff")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build())
        .create();
    assertThat(complaints())
        .contains("nowhere.example.com/no:1 cannot be pulled (ImagePullBackOff)")
        .contains("pods: ws-1");
  }

  @Test
  void loadBalancer_withoutAddress_isAProblem() throws InterruptedException {
    client.services().inNamespace(OURS).withName("gatehouse").delete();
    assertThat(complaints()).contains("there is no Service gatehouse in gatehouse");
    client
        .resource(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: gatehouse, namespace: gatehouse}
            spec: {type: LoadBalancer, ports: [{port: 22}]}
            """)
        .create();
    assertThat(complaints()).contains("problem The way in: the load balancer has no address");
  }

  @Test
  void proxyProtocol_atOneEndOnly_isTold() throws InterruptedException {
    define("gateway: {proxyProtocolFrom: [10.0.0.0/8]}");
    assertThat(complaints()).contains("warning The way in: the gateway expects the PROXY protocol");
    define("{}");
    client
        .services()
        .inNamespace(OURS)
        .withName("gatehouse")
        .edit(
            s -> {
              s.getMetadata()
                  .setAnnotations(
                      Map.of(
                          "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes",
                          "proxy_protocol_v2.enabled=true"));
              return s;
            });
    assertThat(complaints())
        .contains(
            "problem The way in: the load balancer sends the PROXY protocol, and the gateway");
  }

  @Test
  void defaultDeny_missing_isAProblem() throws InterruptedException {
    client.network().v1().networkPolicies().inNamespace(WORKSPACES).delete();
    assertThat(complaints())
        .contains("problem Isolation: gatehouse-workspaces has no NetworkPolicy default-deny");
  }

  @Test
  void name_withoutAddress_isAProblemAndOneOfTheClusterIsNotChecked() throws InterruptedException {
    define(
        """
        apps:
          spark: {ports: [80], host: spark.data.svc}
          wiki: {ports: [80], host: wiki.invalid}
        """);
    assertThat(complaints()).contains("problem Names: wiki.invalid (app wiki) has no address");
    assertThat(complaints(checks().ofPerson(false, CloudPools.NONE), State.NOT_CHECKED))
        .contains("spark.data.svc (app spark) is a name inside the cluster");
  }

  @Test
  void nodes_thatMayNotBeSeen_areNotChecked() throws InterruptedException {
    api.fail("GET .*/nodes", 403, 2);
    assertThat(complaints(checks().ofPerson(false, CloudPools.NONE), State.NOT_CHECKED))
        .contains("not checked Nodes: these credentials may not look at it");
  }

  /** One line, not one for each check. */
  @Test
  void apiServer_thatDoesNotAnswer_isOneProblem() throws InterruptedException {
    var checks = checks().ofPerson(false, CloudPools.NONE);
    api.down();
    assertThat(complaints(checks, State.PROBLEM, State.WARNING))
        .isEqualTo(
            "problem Kubernetes: the API server does not answer → check the kubeconfig's address"
                + " and the way there");
    api.up();
  }

  @Test
  void pool_withoutEngineOrWithoutItsNodes_isToldWithWhatToDo() throws InterruptedException {
    define(
        "cloud: {aws: {region: eu-central-1, cluster: lab, nodes: karpenter}}\npools: {gpu: {}}");
    assertThat(complaints())
        .contains("warning Pools: pool gpu: cloud.aws.nodes is karpenter, and this cluster does")
        .contains("(pool-engine-missing) → see 'gate pool show gpu'");
    define("pools: {gpu: {min: 2}}");
    assertThat(complaints()).contains("warning Pools: pool gpu: 0 of 2 nodes are ready; whoever");
  }

  @Test
  void pool_thatKarpenterHasWithTooFewNodes_isAProblem() throws InterruptedException {
    define("pools: {gpu: {nodes: 2}}");
    KarpenterController.install(api);
    put(
        """
        apiVersion: karpenter.sh/v1
        kind: NodePool
        metadata: {name: gatehouse-gpu}
        spec:
          replicas: 2
          template:
            spec:
              nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: default}
              requirements: []
        """);
    assertThat(complaints()).contains("problem Pools: pool gpu has 0 of 2 nodes ready");
  }

  @Test
  void pools_ofTheGateway_areThoseThatTheOperatorTells() throws InterruptedException {
    define("pools: {gpu: {}}");
    var checks = checks().ofGateway(NodeOverview.NOWHERE);
    assertThat(complaints(checks, State.NOT_CHECKED)).contains("Pools: pools are not known here");
  }

  /** A gateway says what it does not see: silence would read as "all is well". */
  @Test
  void gateway_seesLess_andSaysSo() throws InterruptedException {
    var checks = checks().ofGateway(NodeOverview.NOWHERE);
    assertThat(complaints(checks, State.PROBLEM, State.WARNING)).isEmpty();
    assertThat(complaints(checks, State.NOT_CHECKED))
        .contains("Nodes: nodes are not known here")
        .contains("Not seen from here: storage, priorities");
  }

  /** The second pod's end, in the place of a network. */
  private String probe(String end) throws InterruptedException {
    var inner = api.innerClient();
    var watch =
        inner
            .pods()
            .inNamespace(WORKSPACES)
            .watch(
                new Watcher<Pod>() {
                  @Override
                  public void eventReceived(Action action, Pod pod) {
                    if (action == Action.ADDED) {
                      inner
                          .pods()
                          .inNamespace(WORKSPACES)
                          .resource(started(pod, end))
                          .updateStatus();
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
    try (inner;
        watch) {
      return complaints(
          List.of(new NetworkProbe(client, () -> definition, Duration.ofSeconds(20))),
          State.values());
    }
  }

  private static Pod started(Pod pod, String end) {
    return new PodBuilder(pod)
        .withNewStatus()
        .withPhase(pod.getMetadata().getName().endsWith("caller") ? end : "Running")
        .withPodIP("192.0.2.9")
        .addNewContainerStatus()
        .withName("probe")
        .withImage("gatehouse-toolbox")
        .withReady(true)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  @Test
  void probe_networkThatKeepsTheRules_isOkAndLeavesNoPod() throws InterruptedException {
    assertThat(probe("Failed")).startsWith("ok Isolation: a pod does not reach another");
    assertThat(client.pods().inNamespace(WORKSPACES).list().getItems()).isEmpty();
  }

  @Test
  void probe_networkThatDoesNot_isAProblemAndLeavesNoPod() throws InterruptedException {
    assertThat(probe("Succeeded"))
        .startsWith("problem Isolation: a pod reaches another although a NetworkPolicy forbids it");
    assertThat(client.pods().inNamespace(WORKSPACES).list().getItems()).isEmpty();
  }

  @Test
  void probe_podThatDoesNotRun_isNotChecked() throws InterruptedException {
    assertThat(
            complaints(
                List.of(new NetworkProbe(client, () -> definition, Duration.ofMillis(200))),
                State.values()))
        .startsWith("not checked Isolation: the probe's pod does not run");
    assertThat(client.pods().inNamespace(WORKSPACES).list().getItems()).isEmpty();
  }
}
