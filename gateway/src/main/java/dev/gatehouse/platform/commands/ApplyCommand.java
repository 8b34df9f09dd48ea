package dev.gatehouse.platform.commands;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.Username;
import dev.gatehouse.platform.Applier;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.NewCluster;
import dev.gatehouse.platform.Permissions;
import dev.gatehouse.platform.Plan;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.secrets.DirectorySecrets;
import dev.gatehouse.platform.secrets.FirstAdministrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the cluster what the definition says. */
@Command(
    name = "apply",
    description = {
      "Makes the account that the definition names (cloud.aws) and its cluster, or else the cluster"
          + " of the kubeconfig's current context, what the definition says: shows the plan, asks,"
          + " and carries it out. It can be run again at any time, and goes on where it was."
    },
    mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {
  private static final int MAX_KEY = 64 << 10;
  private static final int USUAL_PATIENCE = 600;

  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--admin",
      paramLabel = "NAME",
      description = "Make this person the first administrator of a new directory.")
  private @Nullable String admin;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key of the first administrator.")
  private @Nullable Path key;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--wait", description = "Wait while somebody else changes the platform.")
  private boolean isWaiting;

  @Option(names = "--adopt", description = "Take over objects that no release of Helm's claims.")
  private boolean isAdopting;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "Why the definition is changed, for its history.")
  private @Nullable String message;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one program or load balancer may take to be ready. Default: 600.")
  private int patience = USUAL_PATIENCE;

  /** Its options are picocli's to set. */
  ApplyCommand() {}

  ApplyCommand(PlatformOptions options, @Nullable String admin, @Nullable Path key, boolean yes) {
    this.options = options;
    this.admin = admin;
    this.key = key;
    this.yes = yes;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var site = Site.ofThisProcess()) {
      return run(site, Screen.ofThisProcess());
    }
  }

  int run(Site site, Screen screen) throws InterruptedException {
    var written = options.read();
    var cloud = site.cloud(written.definition(), options.charts());
    if (cloud.filter(c -> !c.hasCluster()).isPresent()) {
      return makeCluster(site, cloud.get(), written, screen);
    }
    try (var bench = site.bench(cloud)) {
      var code = run(bench, written, cloud, yes, screen);
      cloud.ifPresent(c -> note(c, screen));
      return code;
    }
  }

  private static void note(Cloud cloud, Screen screen) {
    cloud.notes().forEach(note -> screen.line("Note: " + note));
  }

  int run(Workbench bench, Screen screen) throws InterruptedException {
    return run(bench, options.read(), Optional.empty(), yes, screen);
  }

  /** On an account without the cluster: makes it, and goes on in it. */
  private int makeCluster(Site site, Cloud cloud, PlatformOptions.Written written, Screen screen)
      throws InterruptedException {
    var inAccount = cloud.plan();
    try (var charts = site.charts().get()) {
      var rest =
          new NewCluster(charts, Desired.namespace(written.definition()))
              .plan(
                  new Desired(written.definition(), options.charts())
                      .all(written.text(), Optional.empty()));
      PlanText.of(inAccount.then(rest), List.of(), screen.isTerminal()).forEach(screen::line);
    }
    refuse(inAccount);
    if (!isMeant(cloud.place(), screen)) {
      return ExitCode.TEMPFAIL.status();
    }
    cloud.apply(inAccount, new ProgressLines(screen, site.clock()));
    try (var bench = site.bench(Optional.of(cloud))) {
      // What it makes was shown, and nothing else is there.
      var code = run(bench, written, Optional.empty(), true, screen);
      note(cloud, screen);
      return code;
    }
  }

  private static void refuse(Plan plan) {
    plan.refusals().stream()
        .findFirst()
        .ifPresent(
            why -> {
              throw new FailureException(why);
            });
  }

  private boolean isMeant(String place, Screen screen) {
    if (yes || screen.confirms("Apply this to %s? (yes/no)".formatted(place), "yes", "--yes")) {
      return true;
    }
    screen.line("Nothing was changed.");
    return false;
  }

  private int run(
      Workbench bench,
      PlatformOptions.Written written,
      Optional<Cloud> cloud,
      boolean isConfirmed,
      Screen screen)
      throws InterruptedException {
    var namespace = Desired.namespace(written.definition());
    var live = new LiveObjects(bench.client());
    var administrator = administrator(written, live, namespace);
    var platform =
        bench.platform(
            namespace, isAdopting, Duration.ofSeconds(patience), Optional.ofNullable(message));
    var desired = new Desired(written.definition(), options.charts());
    var parts = new ArrayList<>(desired.all(written.text(), administrator));
    parts.addAll(desired.gone(new MadePools(live, namespace).all()));
    var inAccount = cloud.map(Cloud::plan).orElse(Plan.NOTHING);
    var plan = platform.plan(parts);
    var all = inAccount.then(plan);
    var onPeople = bench.effects(namespace).of(plan, written.definition());
    PlanText.of(all, onPeople, screen.isTerminal()).forEach(screen::line);
    refuse(inAccount);
    var applier =
        new Applier(platform, new Permissions(bench.client()), bench.lease(namespace), namespace);
    applier.check(plan);
    if (!all.isEmpty() && !isConfirmed && !isMeant(bench.place(), screen)) {
      return ExitCode.TEMPFAIL.status();
    }
    var progress = new ProgressLines(screen, bench.clock());
    if (cloud.isPresent()) {
      cloud.get().apply(inAccount, progress);
    }
    applier.apply(plan, isWaiting, progress);
    if (!plan.isEmpty()) {
      screen.line("");
      new Entrance(live, namespace)
          .lines(administrator.map(a -> a.name().toString()).orElse("YOUR-NAME"))
          .forEach(screen::line);
      administrator.ifPresent(
          first ->
              screen.line(
                  "The password of %s for the web UI:  kubectl -n %s get secret %s -o jsonpath='{.data.password}' | base64 -d"
                      .formatted(first.name(), namespace, DirectorySecrets.ADMINISTRATOR)));
    }
    return 0;
  }

  private Optional<FirstAdministrator> administrator(
      PlatformOptions.Written written, LiveObjects live, String namespace) {
    if (admin == null && key == null) {
      return Optional.empty();
    }
    if (admin == null || key == null) {
      throw UserError.usage("--admin and --key go together: a name and the file of a public key");
    }
    if (written.definition().directory().deployed().isEmpty()) {
      throw new UserError(
          ExitCode.CONFIG,
          "--admin: the definition has no directory.deployed, so people are in a directory of your"
              + " own; make the administrator there");
    }
    if (live.get(new ObjectKey("apps/v1", "StatefulSet", namespace, "directory")).isPresent()) {
      throw UserError.usage(
          "--admin: the directory is there already, and takes its first administrator at its first"
              + " start only; an administrator makes others with 'gate user add'");
    }
    var line = TextFile.read(key, "public key", MAX_KEY, ExitCode.DATAERR).strip();
    return Optional.of(
        new FirstAdministrator(new Username(admin), AuthorizedKeyLine.parse(line).line()));
  }
}
