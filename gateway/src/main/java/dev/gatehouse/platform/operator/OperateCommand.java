package dev.gatehouse.platform.operator;

import dev.gatehouse.install.Installation;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.server.ClusterAccess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
    var helm = Helms.open(client, Optional.empty());
    var operator =
        new RunningOperator(
            client,
            helm,
            access.ownNamespace(),
            Optional.ofNullable(charts).orElseGet(() -> Installation.find().charts()),
            "the operator " + ownPod().orElse("of no pod"),
            ownPod().orElse(""),
            healthHost,
            healthPort);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  helm.close();
                  client.close();
                },
                "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  /** Kubernetes gives a pod's name to it as its host's. */
  private static Optional<String> ownPod() {
    return Optional.ofNullable(System.getenv("HOSTNAME"));
  }
}
