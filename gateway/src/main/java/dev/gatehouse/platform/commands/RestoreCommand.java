package dev.gatehouse.platform.commands;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.Part;
import dev.gatehouse.platform.Part.ReleasePart;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.Progress;
import dev.gatehouse.platform.helm.Release;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a backup of the directory in place of the people and groups that are there. */
@Command(
    name = "restore",
    description = {
      "Puts the people and groups of a backup in place of those that are there: stops the"
          + " directory's servers, restores, and starts them. Who is known to the gateways still"
          + " gets in meanwhile. Those from before stay on the directory's volume."
    },
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
  private static final String NEWEST = "newest";
  private static final int USUAL_PATIENCE = 900;

  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--from",
      paramLabel = "BACKUP",
      description = "The backup's file on the volume directory-backup. Default: the newest.")
  private String from = NEWEST;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--wait", description = "Wait while somebody else changes the platform.")
  private boolean isWaiting;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one step may take. Default: 900.")
  private int patience = USUAL_PATIENCE;

  /** Its options are picocli's to set. */
  RestoreCommand() {}

  RestoreCommand(PlatformOptions options, @Nullable String from, boolean yes) {
    this.options = options;
    this.from = from == null ? NEWEST : from;
    this.yes = yes;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var site = Site.ofThisProcess();
        var bench = site.bench(site.cloud(options.read().definition(), options.charts()))) {
      return run(bench, Screen.ofThisProcess());
    }
  }

  int run(Workbench bench, Screen screen) throws InterruptedException {
    if (!from.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw UserError.usage("--from is the name of a file on the volume, without its folder");
    }
    var definition = options.read().definition();
    var namespace = Desired.namespace(definition);
    var directory = new Desired(definition, options.charts()).directory().orElseThrow(this::none);
    var live = new LiveObjects(bench.client());
    requireDirectory(live, namespace);
    if (!yes
        && !screen.confirms(
            "Replace the people and groups of %s by the backup '%s'? (yes/no)"
                .formatted(bench.place(), from),
            "yes",
            "--yes")) {
      screen.line("Nothing was changed.");
      return ExitCode.TEMPFAIL.status();
    }
    var platform = bench.platform(namespace, false, Duration.ofSeconds(patience), Optional.empty());
    var progress = new ProgressLines(screen, bench.clock());
    // The operator would start the servers: it waits for the Lease.
    try (var held = bench.lease(namespace).take(isWaiting, screen::line)) {
      apply(platform, restoring(directory), progress, held);
      held.require();
      deleteMirrors(live, namespace, screen);
      apply(platform, directory, progress, held);
    }
    screen.line("The people and groups are those of the backup '%s'.".formatted(from));
    return 0;
  }

  private UserError none() {
    return new UserError(
        ExitCode.CONFIG,
        "the definition has no directory.deployed: restore the directory where it runs");
  }

  private static void requireDirectory(LiveObjects live, String namespace) {
    if (live.get(new ObjectKey("v1", "PersistentVolumeClaim", namespace, "directory-backup"))
        .isEmpty()) {
      throw new UserError(
          ExitCode.CONFIG,
          "there is no volume %s/directory-backup: run 'gatehouse apply' first, and put the backup"
                  .formatted(namespace)
              + " onto it");
    }
  }

  private static void apply(
      Platform platform, Release release, Progress progress, ApplyLease.Held held)
      throws InterruptedException {
    var plan = platform.plan(List.<Part>of(new ReleasePart(release)));
    if (!plan.refusals().isEmpty()) {
      throw new FailureException(plan.refusals().getFirst());
    }
    platform.apply(plan, progress, held::require);
  }

  private Release restoring(Release directory) {
    var values = new HashMap<>(directory.values());
    values.put("restore", Map.of("enabled", true, "from", from));
    return new Release(directory.name(), directory.namespace(), directory.chart(), values);
  }

  /** A mirror would bring back what the backup does not have; without a volume it copies all. */
  private static void deleteMirrors(LiveObjects live, String namespace, Screen screen) {
    live.list("v1", "PersistentVolumeClaim", namespace, "").stream()
        .map(claim -> claim.key())
        .filter(key -> key.name().matches("data-directory-[1-9]\\d*"))
        .forEach(
            key -> {
              live.delete(key);
              screen.line("%s is deleted: that server takes all from the first".formatted(key));
            });
  }
}
