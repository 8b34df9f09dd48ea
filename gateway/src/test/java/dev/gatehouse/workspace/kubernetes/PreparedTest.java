package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The story: a start took five times as long as a bare pod's, and two seconds of that were the
 * kubelet's, which looks once a second whether an init container has ended.
 */
class PreparedTest extends ClusterTests {
  private static final String USERS = "H4sIAAAAAAACA+3OMQqAMBAF0XmKvYCQ";
  private static final String INCLUDED = "machineTypes: {standard: {toolbox: included}}";

  private final AtomicReference<ClusterDefinition> definition = new AtomicReference<>();
  private KubernetesWorkspaces workspaces;

  @BeforeEach
  void open() {
    define("gatehouse-toolbox", "");
    workspaces = cluster.workspaces(definition::get, KubernetesCluster.CA, InstantSource.system());
  }

  private void define(String toolbox, String text) {
    definition.set(
        ClusterDefinitionFile.parse(
            "test",
            text + "\nkubernetes: {reach: direct, toolboxImage: '%s'}\n".formatted(toolbox)));
  }

  // ---- an image that knows nothing of it ----

  @Test
  void start_usersOfTheImageAreKnown_hasOneInitContainer() {
    cluster.node().lastWord("people", "a word of home's\nusers:" + USERS);
    assertThat(initContainers(started())).containsExactly("toolbox", "people");
    awaitMark(USERS);
    stop();

    var pod = started();

    assertThat(initContainers(pod)).containsExactly("toolbox");
    var init = pod.getInitContainers().getFirst();
    assertThat(init.getEnv()).contains(new EnvVar("GATEHOUSE_IMAGE_USERS", USERS, null));
    assertThat(init.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/gate", "/gate-people", "/gate-home");
    assertThat(init.getCommand()).last().asString().endsWith("exec /gate/bin/people /gate-home");
  }

  /** Somebody has pushed another image of the same name. */
  @Test
  void start_imageBehindTheNameIsAnother_asksItAgain() {
    cluster.node().lastWord("people", "users:" + USERS);
    started();
    awaitMark(USERS);
    stop();
    cluster.node().imageId("sha256:2");
    started();
    Poll.until("it is forgotten", () -> mark().isEmpty());
    stop();

    assertThat(initContainers(started())).containsExactly("toolbox", "people");
  }

  /** It may be of a version that knows nothing of this. */
  @Test
  void start_toolboxIsAnother_asksAgain() {
    cluster.node().lastWord("people", "users:" + USERS);
    started();
    awaitMark(USERS);
    stop();
    define("gatehouse-toolbox:2", "");

    assertThat(initContainers(started())).containsExactly("toolbox", "people");
  }

  @Test
  void start_imageOfTheTypeIsAnother_asksThat() {
    cluster.node().lastWord("people", "users:" + USERS);
    started();
    awaitMark(USERS);
    stop();
    define("gatehouse-toolbox", "machineTypes: {standard: {image: 'debian:13'}}");

    assertThat(initContainers(started())).containsExactly("toolbox", "people");
  }

  /** Kubernetes pulls it at each start. */
  @Test
  void start_imageIsTheLatest_asksItEachTime() {
    define("gatehouse-toolbox", "machineTypes: {standard: {image: 'debian:latest'}}");
    cluster.node().lastWord("people", "users:" + USERS);
    started();
    awaitMark(USERS);
    stop();

    assertThat(initContainers(started())).containsExactly("toolbox", "people");
  }

  /** A toolbox of before the gateway's says nothing. */
  @Test
  void start_toolboxToldNothing_isAsBefore() {
    started();
    Poll.until("the home is remembered", () -> !mark().isEmpty());
    stop();

    assertThat(initContainers(started())).containsExactly("toolbox", "people");
  }

  /** What is remembered may be why. */
  @Test
  void start_failed_isForgotten() {
    cluster.node().lastWord("people", "users:" + USERS);
    started();
    awaitMark(USERS);
    stop();
    cluster.controllers().refusePods("pods \"x\" is forbidden: the test wants it so");
    assertThat(failureOf(workspaces.start(type()).endpoint()).code()).isEqualTo("pod-refused");

    assertThat(mark()).isEmpty();
  }

  // ---- an image that holds the toolbox ----

  @Test
  void start_includedAndHomeIsThere_hasNoInitContainer() {
    define("gatehouse-toolbox", INCLUDED);
    var first = started();
    assertThat(initContainers(first)).containsExactly("home");
    assertThat(first.getInitContainers().getFirst().getCommand())
        .containsExactly("/gate/bin/home", "/gate-home");
    Poll.until("the home is remembered", () -> !mark().isEmpty());
    stop();

    var pod = started();

    assertThat(initContainers(pod)).isEmpty();
    var main = pod.getContainers().getFirst();
    assertThat(main.getEnv()).contains(new EnvVar("GATEHOUSE_TOOLBOX", "1", null));
    assertThat(main.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly(
            "/gate/etc", "/gate/run", "/gate-identity", "/var/lib/extrausers", "/home/alice");
  }

  /** The folder that was made is in the volume of before. */
  @Test
  void start_includedAndHomeIsAnother_makesIt() {
    define("gatehouse-toolbox", INCLUDED);
    started();
    Poll.until("the home is remembered", () -> !mark().isEmpty());
    stop();
    var claims = cluster.admin().persistentVolumeClaims().inNamespace(KubernetesCluster.NAMESPACE);
    claims.withName(KubernetesCluster.ALICES_HOME).delete();
    Poll.until(
        "the home is gone", () -> claims.withName(KubernetesCluster.ALICES_HOME).get() == null);

    assertThat(initContainers(started())).containsExactly("home");
  }

  private PodSpec started() {
    await(workspaces.start(type()).endpoint());
    return cluster
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(NAME)
        .get()
        .getSpec()
        .getTemplate()
        .getSpec();
  }

  private WorkspaceSpec type() {
    return new WorkspaceSpec(ID, spec().owner(), definition.get().defaultType());
  }

  private void stop() {
    await(workspaces.stop(ID));
  }

  private void awaitMark(String users) {
    Poll.until("it is remembered", () -> mark().endsWith(users));
  }

  private String mark() {
    return Annotations.annotation(
            cluster
                .admin()
                .apps()
                .statefulSets()
                .inNamespace(KubernetesCluster.NAMESPACE)
                .withName(NAME)
                .get(),
            Annotations.PREPARED)
        .orElse("");
  }

  private static List<String> initContainers(PodSpec pod) {
    return pod.getInitContainers().stream().map(Container::getName).toList();
  }
}
