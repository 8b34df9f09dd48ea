package dev.gatehouse.platform.commands;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.EksToken;
import dev.gatehouse.aws.stacks.AwsFacts;
import dev.gatehouse.aws.stacks.CloudFormationStacks;
import dev.gatehouse.aws.stacks.Leftovers;
import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.Account;
import dev.gatehouse.platform.Plan;
import dev.gatehouse.platform.Progress;
import dev.gatehouse.platform.Rollouts;
import dev.gatehouse.platform.stacks.CloudFacts;
import dev.gatehouse.platform.stacks.DesiredStacks;
import dev.gatehouse.platform.stacks.StackEngine;
import dev.gatehouse.platform.stacks.Support;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The account that a definition names, as a command works with it. */
final class Cloud {
  private static final int RETRIES = 3;

  private final AwsSettings settings;
  private final Aws aws;
  private final CloudFacts facts;
  private final StackEngine stacks;
  private final DesiredStacks desired;
  private final Leftovers leftovers;
  private final InstantSource clock;

  /**
   * Asks nobody.
   *
   * @param aws the clients for the account; they stay the caller's
   * @param charts the folder that has the templates beside the charts
   */
  Cloud(
      ClusterDefinition definition,
      AwsSettings settings,
      Aws aws,
      Path charts,
      InstantSource clock,
      Rollouts.Pause pause) {
    this.settings = settings;
    this.aws = aws;
    this.clock = clock;
    this.facts = new AwsFacts(aws, settings.cluster());
    this.stacks = new CloudFormationStacks(aws, settings.cluster(), clock, pause);
    this.desired = new DesiredStacks(definition, settings, facts, charts.resolve("aws"));
    this.leftovers = new Leftovers(aws, settings.cluster());
  }

  Plan plan() {
    return new Account(stacks).plan(settings.cluster(), desired.all());
  }

  void apply(Plan plan, Progress progress) throws InterruptedException {
    new Account(stacks).apply(plan, progress);
  }

  /** Whether the cluster is there, and the definition's other parts can be looked at. */
  boolean hasCluster() {
    var cluster = facts.cluster();
    if (cluster.isEmpty() && settings.kubernetes().isEmpty()) {
      throw new UserError(
          ExitCode.CONFIG,
          ("cloud.aws.cluster is %s, and there is no such cluster in %s; add cloud.aws.kubernetes:"
                  + " {} and cloud.aws.network: {} to have it made")
              .formatted(settings.cluster(), settings.region()));
    }
    return cluster.isPresent();
  }

  /** Whether the cluster is there. */
  boolean isThere() {
    return facts.cluster().isPresent();
  }

  /** Opens the cluster as whoever the account's credentials are of. */
  KubernetesClient connect() {
    var cluster =
        facts.cluster().orElseThrow(() -> new IllegalStateException("there is no cluster"));
    var token = new EksToken(aws, settings.cluster(), clock);
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(cluster.endpoint())
                .withCaCertData(cluster.certificateAuthority())
                .withOauthTokenProvider(token::get)
                .withRequestRetryBackoffLimit(RETRIES)
                .build())
        .build();
  }

  /** What to say of the account, beside its plan. */
  List<String> notes() {
    return Support.notes(facts, clock.instant());
  }

  String place() {
    return "the cluster %s in %s".formatted(settings.cluster(), settings.region());
  }

  /** The stacks that are there, in the order in which they can be deleted. */
  List<String> present() {
    var order = List.of("network", "cluster", "storage", "nodes", "roles");
    return stacks.present().stream()
        .sorted(
            Comparator.comparingInt(
                name ->
                    -Optional.of(
                            order.indexOf(
                                name.substring(
                                    DesiredStacks.name(settings.cluster(), "").length())))
                        .filter(i -> i >= 0)
                        .orElse(order.size())))
        .toList();
  }

  /** What somebody has changed by hand; for people. */
  List<String> drift(String stack) throws InterruptedException {
    return stacks.drift(stack);
  }

  /** What stays in the account when these stacks go. */
  List<String> kept(List<String> names) {
    return names.stream().flatMap(name -> stacks.kept(name).stream()).toList();
  }

  /** The volumes of claims, of which no stack knows. */
  List<String> volumes() {
    return leftovers.volumes();
  }

  void remove(String stack, Consumer<String> waits) throws InterruptedException {
    stacks.remove(stack, waits);
  }
}
