package dev.gatehouse.platform;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionFailures;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The definition in memory, and as a ConfigMap for whoever looks whether there is one. */
public final class ConfigMapStore implements DefinitionStore {
  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private final List<Revision> revisions = new ArrayList<>();
  private final List<Consumer<Revision>> followers = new ArrayList<>();

  ConfigMapStore(ApiServer server, String namespace, InstantSource clock) {
    this.client = server.innerClient();
    this.namespace = namespace;
    this.clock = clock;
  }

  @Override
  public synchronized Revision current() {
    return revisions.getLast();
  }

  @Override
  public synchronized List<Revision> history() {
    return List.copyOf(revisions.reversed());
  }

  @Override
  public synchronized Revision change(long base, String text, Author author) {
    if (base != revisions.size()) {
      throw DefinitionFailures.conflict(base, current());
    }
    var revision = new Revision(base + 1, text, clock.instant(), author);
    revisions.add(revision);
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("gatehouse-definition")
            .withNamespace(namespace)
            .endMetadata()
            .addToData("cluster.yaml", text)
            .addToData("revision", Long.toString(revision.number()))
            .build();
    var _ = client.configMaps().resource(map).createOr(r -> r.update());
    followers.forEach(f -> f.accept(revision));
    return revision;
  }

  /** Tells in the caller's thread. */
  @Override
  public synchronized void follow(Consumer<Revision> follower) {
    followers.add(follower);
    Optional.ofNullable(revisions.isEmpty() ? null : revisions.getLast()).ifPresent(follower);
  }

  @Override
  public void close() {
    client.close();
  }
}
