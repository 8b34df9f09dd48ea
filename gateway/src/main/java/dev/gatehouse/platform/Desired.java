package dev.gatehouse.platform;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.Part.DirectorySecretsPart;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.Part.OwnNamespace;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.Part.ReleasePart;
import dev.gatehouse.platform.helm.Release;
import dev.gatehouse.platform.secrets.FirstAdministrator;
import dev.gatehouse.platform.values.DirectoryValues;
import dev.gatehouse.platform.values.FoundationValues;
import dev.gatehouse.platform.values.GatewayValues;
import dev.gatehouse.platform.values.GuardRails;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a definition stands for in a cluster: its parts, in the order in which they are applied. */
public final class Desired {

  private final ClusterDefinition definition;
  private final Path charts;
  private final String namespace;

  /**
   * @param charts the folder that has the charts, {@code k8s} of an installation
   */
  public Desired(ClusterDefinition definition, Path charts) {
    this(definition, charts, namespace(definition));
  }

  /**
   * @param namespace of the gateways, whatever the definition says
   */
  public Desired(ClusterDefinition definition, Path charts, String namespace) {
    this.definition = definition;
    this.charts = charts;
    this.namespace = namespace;
  }

  /** Where the gateways, the operator and the directory run. */
  public static String namespace(ClusterDefinition definition) {
    return definition.kubernetes().gateways();
  }

  /**
   * All of it, for a person.
   *
   * @param text of the definition, as the person wrote it
   * @param administrator the first one, where the directory is new
   */
  public List<Part> all(String text, Optional<FirstAdministrator> administrator) {
    var parts = new ArrayList<Part>();
    parts.add(new OwnNamespace(namespace, GuardRails.FOUNDATION));
    parts.add(new ReleasePart(foundation()));
    directorySecrets(administrator).ifPresent(parts::add);
    parts.add(new DefinitionPart(text));
    parts.addAll(releases());
    parts.addAll(pools());
    return parts;
  }

  /** What the operator may make so. */
  public List<Part> ofOperator() {
    var parts = new ArrayList<Part>();
    directorySecrets(Optional.empty()).ifPresent(parts::add);
    parts.addAll(releases());
    parts.addAll(pools());
    return parts;
  }

  /**
   * The pools that are to go, for behind all other parts.
   *
   * @param made the pools that the platform has made
   */
  public List<Part> gone(Map<PoolName, NodeEngine> made) {
    return made.entrySet().stream()
        .filter(pool -> !definition.pools().containsKey(pool.getKey()))
        .<Part>map(pool -> new GonePool(pool.getKey(), pool.getValue(), definition.cloud()))
        .toList();
  }

  /** They come last: the platform itself does not wait for nodes of theirs. */
  private List<PoolPart> pools() {
    return definition.pools().values().stream()
        .map(pool -> new PoolPart(pool, definition.cloud()))
        .toList();
  }

  /** What only a person applies: it has the rights, the limits and the guard rails. */
  public Release foundation() {
    return release(GuardRails.FOUNDATION, "foundation", FoundationValues.of(definition));
  }

  /** The directory's servers; empty where a site has its own. */
  public Optional<Release> directory() {
    return definition
        .directory()
        .deployed()
        .map(
            deployed ->
                release(
                    GuardRails.DIRECTORY, "directory", DirectoryValues.of(definition, deployed)));
  }

  private Optional<Part> directorySecrets(Optional<FirstAdministrator> administrator) {
    return definition
        .directory()
        .deployed()
        .map(_ -> new DirectorySecretsPart(namespace, administrator));
  }

  private List<Part> releases() {
    var releases = new ArrayList<Part>();
    directory().ifPresent(release -> releases.add(new ReleasePart(release)));
    releases.add(
        new ReleasePart(release(GuardRails.GATEWAY, "gatehouse", GatewayValues.of(definition))));
    return releases;
  }

  private Release release(String name, String chart, Map<String, Object> values) {
    return new Release(name, namespace, charts.resolve(chart), values);
  }
}
