package dev.gatehouse.server;

import dev.gatehouse.doctor.Check;
import dev.gatehouse.platform.pools.CloudPools;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** The cloud account of a definition, as an examination sees it. */
public interface ExaminedAccount extends AutoCloseable {
  /** Opens the cluster of the account; empty where a kubeconfig says which cluster it is. */
  Optional<KubernetesClient> connect();

  List<Check> checks();

  /** Returns what makes the nodes of its pools, to be looked at. */
  CloudPools pools(KubernetesClient cluster);

  @Override
  void close();

  /** For a definition that names none. */
  static ExaminedAccount none() {
    return new ExaminedAccount() {
      @Override
      public Optional<KubernetesClient> connect() {
        return Optional.empty();
      }

      @Override
      public List<Check> checks() {
        return List.of();
      }

      @Override
      public CloudPools pools(KubernetesClient cluster) {
        return CloudPools.NONE;
      }

      @Override
      public void close() {}
    };
  }
}
