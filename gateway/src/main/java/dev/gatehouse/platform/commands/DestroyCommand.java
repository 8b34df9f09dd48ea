package dev.gatehouse.platform.commands;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.objects.LiveObjects;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the platform out of a cluster. */
@Command(
    name = "destroy",
    description = {
      "Takes the platform out of the cluster of the kubeconfig's current context: names what it"
          + " deletes, and asks for the cluster's name. Homes, the directory's data, its backups"
          + " and the namespaces stay, unless they are named."
    },
    mixinStandardHelpOptions = true)
public final class DestroyCommand implements Callable<Integer> {
  private static final Duration POOL_ENDS_WITHIN = Duration.ofMinutes(10);

  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--delete",
      paramLabel = "WHAT",
      split = ",",
      description = "Delete these too: homes, directory, backups, namespaces.")
  private List<String> delete = List.of();

  @Option(
      names = "--yes-destroy",
      paramLabel = "NAME",
      description = "Do not ask; the value is the cluster's name (gateway.name).")
  private @Nullable String name;

  @Option(names = "--wait", description = "Wait while somebody else changes the platform.")
  private boolean isWaiting;

  /** Its options are picocli's to set. */
  DestroyCommand() {}

  DestroyCommand(PlatformOptions options, List<String> delete, @Nullable String name) {
    this.options = options;
    this.delete = delete;
    this.name = name;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var bench = Workbench.open()) {
      return run(bench, Screen.ofThisProcess());
    }
  }

  int run(Workbench bench, Screen screen) throws InterruptedException {
    var definition = options.read().definition();
    var named = named();
    var destruction =
        new Destruction(
            bench.platform(
                Desired.namespace(definition), false, POOL_ENDS_WITHIN, Optional.empty()),
            bench.helm(),
            new LiveObjects(bench.client()),
            definition,
            named);
    var releases = destruction.releases();
    var objects = destruction.objects();
    if (releases.isEmpty() && objects.isEmpty()) {
      screen.line("There is nothing to delete.");
      return 0;
    }
    screen.line("This deletes from %s, and ends every session:".formatted(bench.place()));
    releases.forEach(release -> screen.line("  release " + release));
    destruction.pools().forEach(pool -> screen.line("  the nodes of pool " + pool));
    objects.forEach(object -> screen.line("  " + object));
    EnumSet.complementOf(named).forEach(k -> screen.line("Stays: " + k.what()));
    if (!isMeant(definition.gateway().name(), screen)) {
      screen.line("Nothing was deleted.");
      return ExitCode.TEMPFAIL.status();
    }
    // The operator would make it anew.
    try (var _ = bench.lease(Desired.namespace(definition)).take(isWaiting, screen::line)) {
      destruction.run(screen::line);
    }
    return 0;
  }

  private boolean isMeant(String cluster, Screen screen) {
    if (name == null) {
      return screen.confirms(
          "Type the cluster's name, %s, to delete all of this:".formatted(cluster),
          cluster,
          "--yes-destroy " + cluster);
    }
    if (!name.equals(cluster)) {
      throw UserError.usage(
          "--yes-destroy: this cluster is called %s; nothing was deleted".formatted(cluster));
    }
    return true;
  }

  private EnumSet<Kept> named() {
    var named = EnumSet.noneOf(Kept.class);
    for (var word : delete) {
      named.add(
          EnumSet.allOf(Kept.class).stream()
              .filter(k -> k.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      UserError.usage(
                          "--delete: there is homes, directory, backups and namespaces")));
    }
    if (named.contains(Kept.NAMESPACES)
        && !named.containsAll(Set.of(Kept.HOMES, Kept.DIRECTORY, Kept.BACKUPS))) {
      throw UserError.usage(
          "--delete namespaces deletes what is in them: say homes,directory,backups,namespaces");
    }
    return named;
  }
}
