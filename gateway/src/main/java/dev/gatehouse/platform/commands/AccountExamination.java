package dev.gatehouse.platform.commands;

import dev.gatehouse.aws.nodes.AwsPools;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.install.Installation;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.platform.pools.ClusterAutoscaler;
import dev.gatehouse.server.ExaminedAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether the account is as its stacks say, and the cluster's version is supported. */
public final class AccountExamination implements ExaminedAccount, Check {
  private final Site site;
  private final Cloud cloud;

  AccountExamination(Site site, Cloud cloud) {
    this.site = site;
    this.cloud = cloud;
  }

  /** That of a definition; asks nobody yet. */
  public static ExaminedAccount of(ClusterDefinition definition) {
    var site = Site.ofThisProcess();
    return definition.cloud().aws().isEmpty()
        ? ExaminedAccount.none()
        : new AccountExamination(
            site, site.cloud(definition, Installation.find().charts()).orElseThrow());
  }

  @Override
  public Optional<KubernetesClient> connect() {
    return cloud.hasCluster() ? Optional.of(cloud.connect()) : Optional.empty();
  }

  @Override
  public List<Check> checks() {
    return List.of(this);
  }

  /** They are only looked at, so nothing is waited for. */
  @Override
  public CloudPools pools(KubernetesClient cluster) {
    return new AwsPools(
        site.aws()::of,
        new ClusterAutoscaler(new LiveObjects(cluster)),
        Duration.ZERO,
        site.clock(),
        site.pause()::take);
  }

  @Override
  public String subject() {
    return "Account";
  }

  @Override
  public List<Finding> findings() throws InterruptedException {
    try {
      var findings = new ArrayList<Finding>();
      cloud
          .notes()
          .forEach(
              note ->
                  findings.add(
                      Finding.warning(note, "try the new version on another cluster before")));
      stacks(findings);
      return List.copyOf(findings);
    } catch (FailureException e) {
      return List.of(
          e.failure() instanceof Failure.Denied
              ? Finding.notChecked(e.failure().message(), "take credentials that may look at it")
              : Finding.notChecked(e.failure().message(), ""));
    }
  }

  private void stacks(List<Finding> findings) throws InterruptedException {
    var stacks = cloud.present();
    var isSo = true;
    for (var why : cloud.plan().refusals()) {
      findings.add(Finding.problem(why.message(), "gatehouse plan shows all of it"));
      isSo = false;
    }
    for (var stack : stacks) {
      for (var line : cloud.drift(stack)) {
        findings.add(
            Finding.warning(
                "somebody has changed the stack %s by hand: %s".formatted(stack, line),
                "set it back by hand, or say it in the definition"));
        isSo = false;
      }
    }
    if (isSo) {
      findings.add(
          Finding.ok(
              stacks.isEmpty()
                  ? "no stack of the account is the platform's"
                  : "the stacks are as their templates say: " + String.join(", ", stacks)));
    }
  }

  @Override
  public void close() {
    site.close();
  }
}
