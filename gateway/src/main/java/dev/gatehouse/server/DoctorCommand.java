package dev.gatehouse.server;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.console.DoctorView;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.directory.LdapCheck;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Examination;
import dev.gatehouse.platform.doctor.ClusterChecks;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Examines a cluster with a person's credentials; it changes nothing, but for --probe. */
@Command(
    name = "doctor",
    description = {
      "Examines the platform in the kubeconfig's cluster, or that of cloud.aws: what is well, what"
          + " is not, and what to do. It changes nothing. Exit status 0 without a problem, 69 with"
          + " one."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private static final int COLUMNS = 100;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      required = true,
      description = "The cluster definition that the platform was made from.")
  private @Nullable Path cluster;

  @Option(
      names = "--probe",
      description =
          "Make two pods for a moment, to try whether NetworkPolicies are kept and the toolbox's"
              + " image can be pulled.")
  private boolean probe;

  @Option(names = "--json", description = "Write the findings as JSON.")
  private boolean json;

  private final Function<ClusterDefinition, ExaminedAccount> accounts;

  /**
   * Its options are picocli's to set.
   *
   * @param accounts looks into the cloud account that a definition names
   */
  public DoctorCommand(Function<ClusterDefinition, ExaminedAccount> accounts) {
    this.accounts = accounts;
  }

  @Override
  public Integer call() throws InterruptedException {
    var clock = InstantSource.system();
    var definition = ClusterDefinitionFile.load(Objects.requireNonNull(cluster));
    try (var account = accounts.apply(definition);
        var client = account.connect().orElseGet(() -> ClusterAccess.ofThisProcess().connect())) {
      var namespace = definition.kubernetes().gateways();
      var checks = checks(definition, clock);
      checks.addAll(account.checks());
      checks.addAll(
          0,
          new ClusterChecks(client, () -> definition, namespace, clock)
              .ofPerson(probe, account.pools(client)));
      var view = new DoctorView(probe ? Examination.withProbes(checks) : Examination.of(checks));
      var screen = screen(System.out);
      view.show(screen, json ? Screen.Format.JSON : screen.format(), clock.instant());
      view.requireHealth();
      return 0;
    }
  }

  /** A directory that is deployed can be reached from the gateways alone. */
  static List<Check> checks(ClusterDefinition definition, InstantSource clock) {
    var checks = new ArrayList<Check>();
    if (definition.directory().deployed().isPresent()) {
      checks.add(new DeployedDirectoryCheck());
    } else {
      definition.directory().ldap().ifPresent(ldap -> checks.add(new LdapCheck(ldap, clock)));
    }
    return checks;
  }

  /** Colours for a person at a terminal, as the console has them. */
  private static Screen screen(OutputStream out) {
    var isTerminal = Optional.ofNullable(System.console()).filter(c -> c.isTerminal()).isPresent();
    var colour = isTerminal && System.getenv("NO_COLOR") == null;
    return new Screen(
        out, out, new Screen.Look(isTerminal, false, colour, () -> COLUMNS, () -> COLUMNS));
  }
}
