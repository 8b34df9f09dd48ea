package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.People;
import dev.gatehouse.workspace.kubernetes.KubernetesWorkspaces;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A cluster of one node with the toolbox and some images, in which workspaces really run. Gateways
 * are added by {@link #workspaces}, and end with it.
 */
public final class KubernetesCluster implements AutoCloseable {
  public static final String NAMESPACE = "gatehouse-workspaces";

  /** Of tests that log in to nothing. */
  public static final SshPublicKey CA = KeyFile.publicKey(KeyFile.generateEd25519());

  private static final Map<String, Supplier<BuiltImage>> IMAGES =
      Map.of("debian:12", BuiltImages::debian, "gatehouse-toolbox", BuiltImages::toolbox);

  private final ApiServer server = ApiServer.start();
  private final Controllers controllers = new Controllers(server, NAMESPACE);
  private final Kubelet kubelet;
  private final People people = People.of("alice", "bob");
  private final List<AutoCloseable> opened = new ArrayList<>();

  private KubernetesCluster(Map<String, Supplier<BuiltImage>> images) {
    kubelet = new Kubelet(server, NAMESPACE, images);
  }

  public static KubernetesCluster start() {
    return new KubernetesCluster(IMAGES);
  }

  public ApiServer server() {
    return server;
  }

  public Controllers controllers() {
    return controllers;
  }

  public Kubelet kubelet() {
    return kubelet;
  }

  /** What an administrator with kubectl has: it goes round every fault. */
  public KubernetesClient admin() {
    return keep(server.innerClient());
  }

  /** As a gateway has them, which starts now. */
  public KubernetesWorkspaces workspaces() {
    return workspaces("workspaces: {startTimeout: 1m}");
  }

  public KubernetesWorkspaces workspaces(String definition) {
    return keep(workspaces(definition(definition), CA));
  }

  /** The caller closes them. */
  public KubernetesWorkspaces workspaces(ClusterDefinition definition, SshPublicKey userCa) {
    return new KubernetesWorkspaces(
        keep(server.client()),
        () -> definition,
        people.administration(),
        userCa,
        InstantSource.system());
  }

  /**
   * @param text of cluster.yaml, without the section {@code kubernetes}
   */
  public static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse("test", text + "\nkubernetes: {reach: direct}\n");
  }

  /** The folder of a claim. */
  public Path claim(String name) {
    return kubelet.claim(name);
  }

  @Override
  public void close() {
    opened.reversed().forEach(KubernetesCluster::close);
    controllers.close();
    kubelet.close();
    server.close();
    people.close();
  }

  private synchronized <T extends AutoCloseable> T keep(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError("cannot close " + closeable, e);
    }
  }
}
