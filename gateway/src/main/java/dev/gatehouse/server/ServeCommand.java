package dev.gatehouse.server;

import dev.gatehouse.cluster.GatewaySettings;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.FileDefinitionStore;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.install.Installation;
import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.operation.Health;
import dev.gatehouse.operation.Readiness;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.workspace.kubernetes.SecretFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The product: a gateway whose workspaces are pods of a cluster. */
@Command(
    name = "serve",
    description = {
      "Runs a gateway whose workspaces are pods: of the cluster that this runs in, else of the"
          + " kubeconfig's current context."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final Path USUAL_DEFINITION = Path.of("/etc/gatehouse/cluster.yaml");
  private static final String KEYS = "gatehouse-keys";
  private static final String SECOND_FACTORS = "gatehouse-second-factors-%02d";

  /**
   * A Secret holds 1 MiB, those of some 2,000 people. Another number here would look for people
   * where they are not.
   */
  private static final int SECOND_FACTOR_SECRETS = 32;

  private static final int USUAL_HEALTH_PORT = 8081;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description =
          "Read this cluster definition. Default: /etc/gatehouse/cluster.yaml, or where there is"
              + " none config/cluster.yaml of Gatehouse.")
  private @Nullable Path cluster;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Keep copies of the keys in this folder, which may be empty at each start; without"
              + " directory.ldap people too. Default: ~/.local/state/gatehouse.")
  private @Nullable Path state;

  /** Its options are picocli's to set. */
  ServeCommand() {}

  public ServeCommand(@Nullable Path cluster, @Nullable Path state) {
    this.cluster = cluster;
    this.state = state;
  }

  @Override
  public Integer call() throws InterruptedException {
    start(ClusterAccess.ofThisProcess(), RunningGateway::endWithProcess);
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * @param started is given it when it accepts, before operators are told
   */
  public void start(ClusterAccess access, Consumer<RunningGateway> started)
      throws InterruptedException {
    var clock = InstantSource.system();
    var file = definition();
    var definition =
        new LiveDefinition(
            file, access.isInPod() ? ListeningAddress::ofPod : UnaryOperator.identity());
    var client = access.connect();
    var folder = Optional.ofNullable(state).orElseGet(PrivateFolder::usual);
    var directoryBackend = DirectoryBackend.open(definition, folder.resolve("people"), clock);
    var readiness = new Readiness();
    var health = health(definition.get().gateway().health(), readiness);
    var settings = definition.get().kubernetes();
    var namespace = settings.gatewayNamespace().orElseGet(access::ownNamespace);
    var definitions =
        definitions(access, client, namespace, file, folder.resolve("definition"), clock);
    var keys = keys(client, namespace, folder.resolve("keys"));
    var secondFactors = secondFactors(client, namespace, folder.resolve("second-factors"), clock);
    var gateway =
        new ClusterGateway(
            definition,
            definitions,
            keys,
            directoryBackend,
            secondFactors,
            operator(definitions, client, namespace, clock),
            client,
            namespace,
            readiness,
            clock);
    health.measure(gateway::metrics);
    started.accept(
        new RunningGateway(
            gateway.port(),
            () -> {
              gateway.end(definition.get().gateway().drain());
              readiness.close();
              health.close();
              definitions.close();
              directoryBackend.close();
              client.close();
            }));
    LOG.info(
        "[gateway-ready] it listens on {} port {}; probes ask on port {}",
        definition.get().gateway().host(),
        gateway.port(),
        health.port());
  }

  /**
   * That of the cluster, in a pod; while the API server is away it is taken to be there, and the
   * mounted file is in force. Elsewhere, and where there is none that may be read, that of the
   * file.
   */
  private static DefinitionStore definitions(
      ClusterAccess access,
      KubernetesClient client,
      String namespace,
      Path file,
      Path folder,
      InstantSource clock) {
    var ofCluster = new ConfigMapDefinitionStore(client, namespace, clock);
    if (access.isInPod() && mayHaveOne(ofCluster)) {
      return ofCluster;
    }
    return FileDefinitionStore.of(file, folder, clock);
  }

  /** It makes the cluster's definition so, and knows no other one. */
  private static Optional<OperatorStatus> operator(
      DefinitionStore definitions, KubernetesClient client, String namespace, InstantSource clock) {
    return definitions instanceof ConfigMapDefinitionStore
        ? Optional.of(new ReportedOperator(client, namespace, clock))
        : Optional.empty();
  }

  private static boolean mayHaveOne(ConfigMapDefinitionStore store) {
    try {
      return store.find().isPresent();
    } catch (FailureException e) {
      LOG.warn("[definition-unavailable] {}", e.getMessage());
      return !(e.failure() instanceof Failure.Denied);
    }
  }

  /** They are asked for at each use, so nothing is read before. */
  private static SecondFactors secondFactors(
      KubernetesClient client, String namespace, Path folder, InstantSource clock) {
    PrivateFolder.open(Optional.of(folder));
    return new SecondFactors(
        IntStream.range(0, SECOND_FACTOR_SECRETS)
            .mapToObj(SECOND_FACTORS::formatted)
            .<SharedFolder>map(
                name ->
                    new SecretFolder(
                        client,
                        namespace,
                        name,
                        PrivateFolder.open(Optional.of(folder.resolve(name))).path()))
            .toList(),
        clock);
  }

  private Path definition() {
    if (cluster != null) {
      return cluster;
    }
    return Files.exists(USUAL_DEFINITION)
        ? USUAL_DEFINITION
        : Installation.find().config("cluster.yaml");
  }

  private static Health health(GatewaySettings.Health settings, Readiness readiness) {
    return Health.start(
        settings.host(), settings.port().orElse(USUAL_HEALTH_PORT), readiness::objection);
  }

  /**
   * The keys of all gateways. While the API server is away, those of an earlier run of this pod do;
   * where there are none, nobody can be let in, and this waits.
   */
  private static SharedFolder keys(KubernetesClient client, String namespace, Path folder)
      throws InterruptedException {
    var keys =
        new SecretFolder(client, namespace, KEYS, PrivateFolder.open(Optional.of(folder)).path());
    var told = false;
    while (true) {
      try {
        var _ = keys.refresh();
        return keys;
      } catch (IOException e) {
        if (Files.exists(folder.resolve(Gateway.USER_CA))) {
          LOG.warn("[keys-from-before] the keys of the last run are used: {}", e.getMessage());
          return keys;
        }
        if (!told) {
          LOG.warn("[keys-awaited] there are no keys yet; trying again: {}", e.getMessage());
          told = true;
        }
        Thread.sleep(PAUSE);
      }
    }
  }
}
