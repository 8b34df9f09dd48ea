package dev.gatehouse.server;

import static java.util.Comparator.naturalOrder;

import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.PartStatus;
import dev.gatehouse.platform.status.PlatformStatus;
import dev.gatehouse.platform.status.StatusConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The operator of this cluster, which the console speaks to through objects of the cluster. */
final class ReportedOperator implements OperatorStatus {
  private final StatusConfigMap status;
  private final TryAgain tryAgain;

  /**
   * @param namespace of the gateways and the operator
   */
  ReportedOperator(KubernetesClient client, String namespace, InstantSource clock) {
    status = new StatusConfigMap(new LiveObjects(client), namespace);
    tryAgain = new TryAgain(client, namespace, clock);
  }

  @Override
  public Optional<Report> report() {
    return status.read().map(ReportedOperator::report);
  }

  @Override
  public Instant tryAgain() {
    return tryAgain.ask();
  }

  private static Report report(PlatformStatus said) {
    return new Report(
        said.revision(),
        said.parts().stream().map(PartStatus::since).max(naturalOrder()),
        said.parts().stream().map(ReportedOperator::part).toList(),
        said.tried());
  }

  /** The code is what docs/codes.md explains, so a person needs it too. */
  private static Part part(PartStatus part) {
    return new Part(
        part.part(),
        part.state().word(),
        part.since(),
        part.message() + part.code().map(" (%s)"::formatted).orElse(""));
  }
}
