package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.InForceAfter.What.RESTART;

import java.util.List;
import java.util.Optional;

/**
 * Where and how workspaces live in Kubernetes.
 *
 * @param namespace of the workspaces, not of the gateway
 * @param gatewayNamespace where the gateways keep what they share; their own, if empty
 * @param toolboxImage brings sshd into any image; that of {@link ImageSettings}
 * @param pullSecrets names of Secrets with a registry's credentials; those of {@link ImageSettings}
 * @param foundation what stands around the workspaces
 */
public record KubernetesSettings(
    @InForceAfter(RESTART) String namespace,
    @InForceAfter(RESTART) Optional<String> gatewayNamespace,
    String toolboxImage,
    List<String> pullSecrets,
    Homes homes,
    @InForceAfter(RESTART) Reach reach,
    FoundationSettings foundation) {

  /** The gateways' namespace, where neither the definition nor a pod says another. */
  public static final String GATEWAYS = "gatehouse";

  public static final KubernetesSettings DEFAULT =
      new KubernetesSettings(
          "gatehouse-workspaces",
          Optional.empty(),
          "gatehouse-toolbox",
          List.of(),
          new Homes(
              new ByteQuantity("20Gi"),
              Optional.empty(),
              false,
              Optional.empty(),
              Optional.empty()),
          Reach.AUTO,
          FoundationSettings.DEFAULT);

  /** Returns where the gateways are, for who is not one of them. */
  public String gateways() {
    return gatewayNamespace.orElse(GATEWAYS);
  }

  /**
   * Everybody has one home, in all of their workspaces.
   *
   * @param size of each
   * @param storageClass the cluster's default, if empty
   * @param shared whether the storage can be mounted on many nodes (ReadWriteMany); if not, all
   *     workspaces of a person run on one node
   * @param snapshotClass of snapshots of homes; the cluster's default, if empty
   * @param snapshots when each home is kept as a snapshot; nobody but people makes one, if empty
   */
  public record Homes(
      ByteQuantity size,
      Optional<String> storageClass,
      boolean shared,
      Optional<String> snapshotClass,
      Optional<Snapshots> snapshots) {}

  /**
   * Snapshots of every home that are made by themselves.
   *
   * @param keep how many of the newest of a home stay
   * @param copyTo another region of AWS, to which each is copied
   */
  public record Snapshots(CronSchedule schedule, int keep, Optional<String> copyTo) {}

  /** How the gateway connects to a pod. */
  public enum Reach {
    /** Directly if the gateway runs in a pod itself. */
    AUTO,
    /** To the pod's address. */
    DIRECT,
    /** Through the API server: slow, for a gateway outside of the cluster. */
    FORWARD
  }
}
