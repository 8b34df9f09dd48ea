package dev.gatehouse.server;

import dev.gatehouse.cluster.GatewaySettings;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.frontdoor.Connections;
import dev.gatehouse.frontdoor.DrainWarnings;
import dev.gatehouse.install.Version;
import dev.gatehouse.metrics.Metrics;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.name.Username;
import dev.gatehouse.operation.Readiness;
import dev.gatehouse.platform.doctor.ClusterChecks;
import dev.gatehouse.scheduling.PeriodicTask;
import dev.gatehouse.workspace.Reaper;
import dev.gatehouse.workspace.kubernetes.GatewayPods;
import dev.gatehouse.workspace.kubernetes.KubernetesWorkspaces;
import dev.gatehouse.workspace.kubernetes.LeaseLeader;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway in front of a cluster, one of several, with what they do for all of them. */
final class ClusterGateway {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterGateway.class);
  private static final String LEASE = "gatehouse-leader";
  private static final Duration KEYS = Duration.ofSeconds(3);
  private static final Duration PEOPLE = Duration.ofSeconds(30);

  /** Whether there is such a person does not matter; that the directory says so does. */
  private static final Username ANYBODY = new Username("gatehouse");

  private final Gateway gateway;
  private final Readiness readiness;
  private final LeaseLeader leader;
  private final Metrics metrics;
  private final PeriodicTask keys;
  private final Replicas replicas;
  private final PeriodicTask answering;
  private final PeriodicTask warnings;
  private final List<PeriodicTask> duties;

  /**
   * Starts to accept.
   *
   * @param keys of all gateways
   * @param operator empty if the definition is not that of the cluster
   * @param namespace where the gateways keep what they share
   */
  ClusterGateway(
      LiveDefinition definition,
      DefinitionStore definitions,
      SharedFolder keys,
      DirectoryBackend directoryBackend,
      SecondFactors secondFactors,
      Optional<OperatorStatus> operator,
      KubernetesClient client,
      String namespace,
      Readiness readiness,
      InstantSource clock) {
    this.readiness = readiness;
    var made = new AtomicReference<KubernetesWorkspaces>();
    replicas = new Replicas(new GatewayPods(client, namespace), podName());
    var nodes = new PublishedNodes(client, namespace, clock);
    var nodeRequests = new NodeRequests(client, namespace);
    var connections = new Connections(Replicas.firstNumber());
    this.gateway =
        new Gateway(
            definition,
            definitions,
            keys,
            directoryBackend.directory(),
            directoryBackend.administration(),
            secondFactors,
            userCa -> {
              made.set(
                  new KubernetesWorkspaces(
                      client, definition, directoryBackend.administration(), userCa, nodes, clock));
              return made.get();
            },
            connections,
            Optional.of(replicas::others),
            operator,
            nodes,
            new PublishedCosts(client, namespace, clock),
            Optional.of(nodeRequests),
            new ClusterChecks(client, definition, namespace, clock).ofGateway(nodes),
            clock);
    var workspaces = Objects.requireNonNull(made.get());
    metrics = new Metrics(Version.NUMBER, gateway::readings, gateway.counted(workspaces.starts()));
    leader = new LeaseLeader(client, namespace, LEASE, identity(), clock);
    var reaper = new Reaper(workspaces, definition, gateway::stopsIdle, leader, clock);
    this.keys = PeriodicTask.every(() -> KEYS, "host-keys", gateway.hostKeys()::follow);
    var drainWarnings = new DrainWarnings(connections::terminals, nodeRequests::tasks, clock);
    warnings = PeriodicTask.every(() -> DrainWarnings.PAUSE, "drains", drainWarnings::round);
    answering = PeriodicTask.every(() -> Replicas.PAUSE, "replicas", () -> replicas.round(gateway));
    duties =
        List.of(
            PeriodicTask.every(() -> LeaseLeader.PAUSE, "lease", leader::round),
            PeriodicTask.every(reaper::pause, "reaper", reaper::round),
            PeriodicTask.every(() -> PEOPLE, "people-files", () -> refreshPeople(workspaces)));
    readiness.require("the directory", () -> answers(directoryBackend.directory()));
    readiness.require("the cluster's API server", () -> answers(workspaces));
    readiness.open();
  }

  /** What operators measure, in Prometheus' text format. */
  String metrics() {
    return metrics.scrape();
  }

  int port() {
    return gateway.port();
  }

  /** Ends it as kindly as the time allows. */
  void end(GatewaySettings.Drain drain) {
    readiness.drain();
    // What it did for all gateways, another does from now on.
    duties.forEach(PeriodicTask::close);
    leader.release();
    try {
      Thread.sleep(drain.accept());
      gateway.stopAccepting();
      gateway.drain(drain.limit());
    } catch (InterruptedException e) {
      LOG.debug("the rest is not waited for", e);
    }
    keys.close();
    warnings.close();
    // Until here, others could see and end the connections that were left.
    answering.close();
    replicas.close();
    metrics.close();
    gateway.close();
  }

  private void refreshPeople(KubernetesWorkspaces workspaces) {
    if (leader.since().isEmpty()) {
      return;
    }
    try {
      workspaces.refreshPeople();
    } catch (KubernetesClientException e) {
      LOG.warn("[people-files] the workspaces' passwd files could not be written", e);
    }
  }

  private static boolean answers(Directory directory) {
    return !(directory.person(ANYBODY) instanceof PersonLookup.Unavailable);
  }

  private static boolean answers(KubernetesWorkspaces workspaces) {
    try {
      var _ = workspaces.all();
      return true;
    } catch (FailureException e) {
      return false;
    }
  }

  /** The pod's name, for people, and what no other process has. */
  private static String identity() {
    return "%s_%s".formatted(podName(), UUID.randomUUID());
  }

  /** Kubernetes gives a pod's name to it as its host's. */
  private static String podName() {
    return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("gateway");
  }
}
