package dev.gatehouse.platform.commands;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.Rollouts;
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
      "Takes the platform out of its cluster, and the stacks that apply has made out of the cloud"
          + " account: names what it deletes, and asks for the cluster's name. Homes, the"
          + " directory's data, its backups and the namespaces stay, unless they are named; so do"
          + " file systems and buckets of the account."
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

  @Option(
      names = "--keep-account",
      description = "Leave the stacks of the cloud account (cloud.aws), and so the cluster.")
  private boolean isKeepingAccount;

  /** Its options are picocli's to set. */
  DestroyCommand() {}

  DestroyCommand(PlatformOptions options, List<String> delete, @Nullable String name) {
    this.options = options;
    this.delete = delete;
    this.name = name;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var site = Site.ofThisProcess()) {
      return run(site, Screen.ofThisProcess());
    }
  }

  int run(Site site, Screen screen) throws InterruptedException {
    var definition = options.read().definition();
    var cloud = site.cloud(definition, options.charts());
    var account = cloud.filter(_ -> !isKeepingAccount).map(AccountDestruction::new);
    if (account.isPresent() && !account.get().hasCluster()) {
      return run(definition, Optional.empty(), account, site.pause(), screen);
    }
    try (var bench = site.bench(cloud)) {
      return run(definition, Optional.of(bench), account, site.pause(), screen);
    }
  }

  int run(Workbench bench, Screen screen) throws InterruptedException {
    return run(
        options.read().definition(), Optional.of(bench), Optional.empty(), bench.pause(), screen);
  }

  /**
   * @param bench absent where there is no cluster
   * @param account absent where its stacks stay
   */
  private int run(
      ClusterDefinition definition,
      Optional<Workbench> bench,
      Optional<AccountDestruction> account,
      Rollouts.Pause pause,
      Screen screen)
      throws InterruptedException {
    var named = named();
    var destruction = bench.map(b -> destruction(b, definition, named));
    var isInstalled = destruction.filter(d -> !d.isNothing()).isPresent();
    if (!isInstalled && account.filter(a -> !a.isNothing()).isEmpty()) {
      screen.line("There is nothing to delete.");
      return 0;
    }
    if (isInstalled) {
      screen.line("This deletes from %s, and ends every session:".formatted(bench.get().place()));
      destruction.get().lines().forEach(screen::line);
    }
    account.ifPresent(a -> a.lines().forEach(screen::line));
    EnumSet.complementOf(named).forEach(k -> screen.line("Stays: " + k.what()));
    account.ifPresent(a -> a.kept().forEach(line -> screen.line("Stays: " + line)));
    if (!isMeant(definition.gateway().name(), screen)) {
      screen.line("Nothing was deleted.");
      return ExitCode.TEMPFAIL.status();
    }
    if (isInstalled) {
      // The operator would make it anew.
      try (var _ = bench.get().lease(Desired.namespace(definition)).take(isWaiting, screen::line)) {
        destruction.get().run(screen::line);
      }
    }
    if (account.isPresent()) {
      if (bench.isPresent()) {
        LoadBalancers.awaitGone(new LiveObjects(bench.get().client()), pause, screen::line);
      }
      account.get().run(screen::line);
    }
    return 0;
  }

  private static Destruction destruction(
      Workbench bench, ClusterDefinition definition, EnumSet<Kept> named) {
    return new Destruction(
        bench.platform(Desired.namespace(definition), false, POOL_ENDS_WITHIN, Optional.empty()),
        bench.helm(),
        new LiveObjects(bench.client()),
        definition,
        named);
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
