package dev.gatehouse.platform.operator;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.install.Installation;
import dev.gatehouse.operation.Health;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.status.StatusConfigMap;
import dev.gatehouse.server.ClusterAccess;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The operator: makes the definition so, with the rights of its own service account. */
@Command(
    name = "operate",
    description = {
      "Watches the cluster definition and makes it so, within the guard rails that apply has set."
          + " Runs in the cluster, beside the gateways."
    },
    mixinStandardHelpOptions = true)
public final class OperateCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(OperateCommand.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Option(
      names = "--charts",
      paramLabel = "DIR",
      description = "The folder with the charts. Default: k8s of Gatehouse.")
  private @Nullable Path charts;

  @Option(
      names = "--health-host",
      paramLabel = "ADDRESS",
      hidden = true,
      description = "Where probes ask. Default: 0.0.0.0.")
  private String healthHost = "0.0.0.0";

  @Option(
      names = "--health-port",
      paramLabel = "N",
      hidden = true,
      description = "Where probes ask. Default: 8081.")
  private int healthPort = 8081;

  /** Its options are picocli's to set. */
  OperateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var access = ClusterAccess.ofThisProcess();
    var client = access.connect();
    var namespace = access.ownNamespace();
    var clock = InstantSource.system();
    var live = new LiveObjects(client);
    var report = new StatusReport(new StatusConfigMap(live, namespace), clock);
    var metrics = new OperatorMetrics(report);
    var health = Health.start(healthHost, healthPort, metrics::objection);
    health.measure(metrics::page);
    var helm = Helms.open(client, Optional.empty());
    var store = new ConfigMapDefinitionStore(client, namespace, clock);
    var waits = new Waits();
    var author = new Author("operator", "gatehouse operate", Optional.empty());
    var platform =
        Platform.open(
            new Platform.Tools(
                client, helm, store, namespace, author, false, PATIENCE, clock, waits::pause));
    var reconciliation =
        new Reconciliation(
            platform,
            helm,
            live,
            new ApplyLease(client, namespace, identity(), clock, waits::pause),
            report,
            Optional.ofNullable(charts).orElseGet(() -> Installation.find().charts()),
            namespace);
    var operator = new Operator(reconciliation, metrics, store, waits, new SecureRandom());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  store.close();
                  helm.close();
                  health.close();
                  client.close();
                },
                "stop"));
    operator.start();
    LOG.info(
        "[operator-ready] it works in namespace {}; probes ask on port {}",
        namespace,
        health.port());
    new CountDownLatch(1).await();
    return 0;
  }

  /** The name of its pod. */
  private static String identity() {
    return "the operator " + Optional.ofNullable(System.getenv("HOSTNAME")).orElse("of no pod");
  }
}
