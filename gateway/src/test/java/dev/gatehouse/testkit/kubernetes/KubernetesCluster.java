package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.workspace.kubernetes.KubernetesWorkspaces;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cluster of one node with the toolbox and some images, in which workspaces really run. Gateways
 * are added by {@link #workspaces}, and end with it.
 */
public final class KubernetesCluster implements AutoCloseable {
  public static final String NAMESPACE = "gatehouse-workspaces";

  /** The claim of alice's home, and the pod of her workspace {@code main}. */
  public static final String ALICES_HOME = "home-alice-2bd806c97f";

  public static final String ALICES_POD = "w-alice-main-8c8ce93975-0";

  /** Of tests that log in to nothing. */
  public static final SshPublicKey CA = KeyFile.publicKey(KeyFile.generateEd25519());

  private static final Map<String, Supplier<BuiltImage>> IMAGES =
      Map.of("debian:12", BuiltImages::debian, "gatehouse-toolbox", BuiltImages::toolbox);

  private final ApiServer server = ApiServer.start();
  private final Controllers controllers = new Controllers(server, NAMESPACE);
  private final Optional<Kubelet> kubelet;
  private final Optional<PretendingKubelet> pretending;
  private final People people = People.of("alice", "bob");
  private final KubernetesClient admin = server.innerClient();
  private final KubernetesClient client = server.client();
  private final List<KubernetesWorkspaces> opened = new ArrayList<>();

  private KubernetesCluster(Optional<Map<String, Supplier<BuiltImage>>> images, boolean isolated) {
    kubelet = images.map(some -> new Kubelet(server, NAMESPACE, some, isolated));
    pretending =
        images.isPresent()
            ? Optional.empty()
            : Optional.of(new PretendingKubelet(server, NAMESPACE));
  }

  /** Its pods are real containers. */
  public static KubernetesCluster start() {
    return new KubernetesCluster(Optional.of(IMAGES), true);
  }

  /** Its pods only say that they run: for tests that log in to none. */
  public static KubernetesCluster pretending() {
    return new KubernetesCluster(Optional.empty(), true);
  }

  /** Its pods are real containers with this machine's programs and network. */
  static KubernetesCluster ofThisMachine(MachineImage image) {
    return new KubernetesCluster(
        Optional.of(
            Map.of(MachineImage.NAME, image::image, "gatehouse-toolbox", BuiltImages::toolbox)),
        false);
  }

  public ApiServer server() {
    return server;
  }

  public Controllers controllers() {
    return controllers;
  }

  public Kubelet kubelet() {
    return kubelet.orElseThrow();
  }

  public PretendingKubelet node() {
    return pretending.orElseThrow();
  }

  /** What an administrator with kubectl has: it goes round every fault. */
  public KubernetesClient admin() {
    return admin;
  }

  /** As a gateway has them, which starts now. */
  public KubernetesWorkspaces workspaces() {
    return workspaces(definition("workspaces: {startTimeout: 1m}"), CA);
  }

  public KubernetesWorkspaces workspaces(ClusterDefinition definition, SshPublicKey userCa) {
    return workspaces(definition, userCa, InstantSource.system());
  }

  public KubernetesWorkspaces workspaces(
      ClusterDefinition definition, SshPublicKey userCa, InstantSource clock) {
    return workspaces(() -> definition, userCa, clock);
  }

  /**
   * @param definition may change
   */
  public KubernetesWorkspaces workspaces(
      Supplier<ClusterDefinition> definition, SshPublicKey userCa, InstantSource clock) {
    return workspaces(definition, userCa, NodeOverview.NOWHERE, clock);
  }

  public KubernetesWorkspaces workspaces(
      Supplier<ClusterDefinition> definition,
      SshPublicKey userCa,
      NodeOverview nodes,
      InstantSource clock) {
    var workspaces =
        new KubernetesWorkspaces(client, definition, people.administration(), userCa, nodes, clock);
    opened.add(workspaces);
    Poll.until("the cluster is known", () -> workspaces.all() != null);
    return workspaces;
  }

  /**
   * @param text of cluster.yaml, without the section {@code kubernetes}
   */
  public static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse(
        "test", text + "\nkubernetes: {reach: direct, toolboxImage: gatehouse-toolbox}\n");
  }

  /** The folder of a claim. */
  public Path claim(String name) {
    return kubelet().claim(name);
  }

  /** Mends everything, ends the gateways, and deletes all that they have made. */
  public void clear() {
    // The mock waits half a minute for a watcher that goes while it is told something.
    server.down();
    controllers.refusePods(null);
    kubelet.ifPresent(Kubelet::mend);
    pretending.ifPresent(PretendingKubelet::mend);
    opened.forEach(KubernetesWorkspaces::close);
    opened.clear();
    admin.apps().statefulSets().inNamespace(NAMESPACE).delete();
    Poll.until("the pods have ended", () -> pods().isEmpty());
    admin.services().inNamespace(NAMESPACE).delete();
    admin.secrets().inNamespace(NAMESPACE).delete();
    admin.configMaps().inNamespace(NAMESPACE).delete();
    admin.persistentVolumeClaims().inNamespace(NAMESPACE).delete();
    Poll.until(
        "the claims are gone",
        () -> admin.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems().isEmpty());
    admin.v1().events().inNamespace(NAMESPACE).delete();
    controllers.clear();
    server.mend();
  }

  /**
   * The kubelet of the node falls silent: the node controller says of its pods that they are not
   * ready, and of their containers nothing, since nobody knows.
   */
  public void silenceNode() {
    for (var pod : pods()) {
      admin
          .pods()
          .resource(pod)
          .editStatus(
              p ->
                  p.edit()
                      .editStatus()
                      .editMatchingCondition(c -> "Ready".equals(c.getType()))
                      .withStatus("False")
                      .withLastTransitionTime(Instant.now().toString())
                      .endCondition()
                      .endStatus()
                      .build());
    }
  }

  private List<Pod> pods() {
    return admin.pods().inNamespace(NAMESPACE).list().getItems();
  }

  @Override
  public void close() {
    clear();
    controllers.close();
    kubelet.ifPresent(Kubelet::close);
    pretending.ifPresent(PretendingKubelet::close);
    client.close();
    admin.close();
    server.close();
    people.close();
  }
}
