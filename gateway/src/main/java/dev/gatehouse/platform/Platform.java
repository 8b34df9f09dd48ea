package dev.gatehouse.platform;

import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.Part.DirectorySecretsPart;
import dev.gatehouse.platform.Part.OwnNamespace;
import dev.gatehouse.platform.Part.ReleasePart;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What plans and applies each kind of part. */
public final class Platform {
  private final Engine<OwnNamespace> namespaces;
  private final Engine<ReleasePart> releases;
  private final Engine<DirectorySecretsPart> secrets;
  private final Engine<DefinitionPart> definitions;

  Platform(
      Engine<OwnNamespace> namespaces,
      Engine<ReleasePart> releases,
      Engine<DirectorySecretsPart> secrets,
      Engine<DefinitionPart> definitions) {
    this.namespaces = namespaces;
    this.releases = releases;
    this.secrets = secrets;
    this.definitions = definitions;
  }

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
    };
  }

  /**
   * Carries out a plan, one part after the other.
   *
   * @param mayGoOn is asked before each part, whether the Lease is still held, say
   * @throws dev.gatehouse.failure.FailureException at the first failure; what is not done by then
   *     is left as it was
   */
  public void apply(Plan plan, Progress progress, BooleanSupplier mayGoOn)
      throws InterruptedException {
    for (var i = 0; i < plan.parts().size(); i++) {
      var part = plan.parts().get(i);
      try {
        if (!mayGoOn.getAsBoolean()) {
          throw new InterruptedException();
        }
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
      case OwnNamespace namespace -> namespaces.apply(namespace, plan, w -> progress.waits(plan, w));
      case ReleasePart release -> releases.apply(release, plan, w -> progress.waits(plan, w));
      case DirectorySecretsPart directory ->
          secrets.apply(directory, plan, w -> progress.waits(plan, w));
      case DefinitionPart definition ->
          definitions.apply(definition, plan, w -> progress.waits(plan, w));
    }
  }
}
