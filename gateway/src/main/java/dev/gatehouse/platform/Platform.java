package dev.gatehouse.platform;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.Part.DirectorySecretsPart;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.Part.OwnNamespace;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.Part.ReleasePart;
import dev.gatehouse.platform.Part.StackPart;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.pools.Patience;
import dev.gatehouse.platform.pools.PoolEngines;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What plans and applies each kind of part. */
public final class Platform {
  private final Engine<OwnNamespace> namespaces;
  private final Engine<ReleasePart> releases;
  private final Engine<DirectorySecretsPart> secrets;
  private final Engine<DefinitionPart> definitions;
  private final Engine<PoolPart> pools;
  private final Engine<GonePool> gonePools;

  Platform(
      Engine<OwnNamespace> namespaces,
      Engine<ReleasePart> releases,
      Engine<DirectorySecretsPart> secrets,
      Engine<DefinitionPart> definitions,
      Engine<PoolPart> pools,
      Engine<GonePool> gonePools) {
    this.namespaces = namespaces;
    this.releases = releases;
    this.secrets = secrets;
    this.definitions = definitions;
    this.pools = pools;
    this.gonePools = gonePools;
  }

  /** Opens what works on a cluster. */
  public static Platform open(Tools tools) {
    var live = new LiveObjects(tools.client());
    var made = new MadePools(live, tools.namespace());
    var pools =
        new PoolEngines(
            live,
            tools.cloud(),
            new Patience(tools.patience(), tools.clock(), tools.pause()::take));
    var rollouts = new Rollouts(live, tools.patience(), tools.clock(), tools.pause());
    return new Platform(
        new NamespaceEngine(live),
        new ReleaseEngine(tools.helm(), live, rollouts, tools.isAdopting()),
        new DirectorySecretsEngine(live, tools.clock()),
        new DefinitionEngine(live, tools.store(), tools.namespace(), tools.author()),
        new PoolPartEngine(pools, made),
        new GonePoolEngine(pools, made));
  }

  /**
   * What a platform is planned and applied with. All of it stays the caller's.
   *
   * @param namespace of the gateways
   * @param author who applies
   * @param cloud what makes the nodes of pools beside the cluster itself
   * @param isAdopting whether objects that no release claims are taken over
   * @param patience how long one object may take to be in force
   */
  public record Tools(
      KubernetesClient client,
      Helm helm,
      DefinitionStore store,
      String namespace,
      Author author,
      CloudPools cloud,
      boolean isAdopting,
      Duration patience,
      InstantSource clock,
      Rollouts.Pause pause) {}

  /** Compares what should be there with what is there. Only reads. */
  public Plan plan(List<Part> desired) {
    return new Plan(desired.stream().map(this::plan).toList());
  }

  /** The same for one part. */
  public PartPlan plan(Part part) {
    return switch (part) {
      case OwnNamespace namespace -> namespaces.plan(namespace);
      case ReleasePart release -> releases.plan(release);
      case DirectorySecretsPart directory -> secrets.plan(directory);
      case DefinitionPart definition -> definitions.plan(definition);
      case PoolPart pool -> pools.plan(pool);
      case GonePool pool -> gonePools.plan(pool);
      case StackPart stack -> throw inAccount(stack);
    };
  }

  /**
   * Carries out a plan, one part after the other.
   *
   * @param check throws if it may not go on; is asked before each part
   * @throws dev.gatehouse.failure.FailureException at the first failure; what is not done by then
   *     is left as it was
   */
  public void apply(Plan plan, Progress progress, Runnable check) throws InterruptedException {
    for (var i = 0; i < plan.parts().size(); i++) {
      var part = plan.parts().get(i);
      try {
        check.run();
        progress.begins(part);
        apply(part, progress);
        progress.done(part);
      } catch (RuntimeException | InterruptedException e) {
        progress.stops(part, plan.parts().subList(i, plan.parts().size()));
        throw e;
      }
    }
  }

  private void apply(PartPlan plan, Progress progress) throws InterruptedException {
    switch (plan.part()) {
      case OwnNamespace namespace ->
          namespaces.apply(namespace, plan, w -> progress.waits(plan, w));
      case ReleasePart release -> releases.apply(release, plan, w -> progress.waits(plan, w));
      case DirectorySecretsPart directory ->
          secrets.apply(directory, plan, w -> progress.waits(plan, w));
      case DefinitionPart definition ->
          definitions.apply(definition, plan, w -> progress.waits(plan, w));
      case PoolPart pool -> pools.apply(pool, plan, w -> progress.waits(plan, w));
      case GonePool pool -> gonePools.apply(pool, plan, w -> progress.waits(plan, w));
      case StackPart stack -> throw inAccount(stack);
    }
  }

  /** The cluster need not be there for those: see {@link Account}. */
  private static IllegalArgumentException inAccount(StackPart stack) {
    return new IllegalArgumentException(stack.name() + " is in the account, not in the cluster");
  }
}
