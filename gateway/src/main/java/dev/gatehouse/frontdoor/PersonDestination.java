package dev.gatehouse.frontdoor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.cluster.Limits;
import dev.gatehouse.console.Console;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.key.Restrictions;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.relay.AppTarget;
import dev.gatehouse.relay.Destination;
import dev.gatehouse.relay.LocalProgram;
import dev.gatehouse.relay.LocalSession;
import dev.gatehouse.relay.ServiceDial;
import dev.gatehouse.relay.SessionRequest;
import dev.gatehouse.relay.SessionRequest.Kind;
import dev.gatehouse.relay.TunnelTarget;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.Workspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Where the channels of one logged-in person go. */
final class PersonDestination implements Destination {
  private static final String CONSOLE = "gate";
  private static final List<String> ENROL = List.of(CONSOLE, "mfa", "enrol");

  /** A start ends itself at its own time and says why; this is for one that does not. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(30);

  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

  private final Person person;
  private final InetAddress address;
  private final Target target;
  private final Admission admission;
  private final Workspaces workspaces;
  private final Console console;
  private final Duration startTimeout;
  private final Optional<String> motd;
  private final Restrictions restrictions;
  private final Runnable granted;
  private final Limits limits;
  private final AppTunnels apps;
  private final ServiceTunnels services;
  private final CostWords costs;

  /** What the workspace costs that was started for this login, if that is worth a word. */
  private volatile Optional<String> price = Optional.empty();

  PersonDestination(
      Person person,
      InetAddress address,
      Target target,
      Admission admission,
      Workspaces workspaces,
      Console console,
      Duration startTimeout,
      Optional<String> motd,
      Restrictions restrictions,
      Runnable granted,
      Limits limits,
      AppTunnels apps,
      ServiceTunnels services,
      CostWords costs) {
    this.apps = apps;
    this.services = services;
    this.costs = costs;
    this.granted = granted;
    this.restrictions = restrictions;
    this.limits = limits;
    this.person = person;
    this.address = address;
    this.target = target;
    this.admission = admission;
    this.workspaces = workspaces;
    this.console = console;
    this.startTimeout = startTimeout;
    this.motd = motd.map(text -> text.endsWith("\n") ? text : text + "\n");
  }

  @Override
  public String name() {
    return switch (target) {
      case Target.Workspace(var name) -> "workspace " + name;
      case Target.Console() -> "the console";
      case Target.Enrolment() -> "the second factor";
    };
  }

  @Override
  public Route route(SessionRequest request) {
    if (target instanceof Target.Enrolment) {
      return enrolment(request);
    }
    if (request.kind() == Kind.EXEC && isConsoleCommand(request.command())) {
      return console(request.command().strip().substring(CONSOLE.length()));
    }
    return switch (target) {
      case Target.Workspace _ -> new Route.Workspace();
      case Target.Console() ->
          request.kind() == Kind.SUBSYSTEM
              ? new Route.Local(session -> refuse(session, consoleOnly()))
              : console(request.command());
      case Target.Enrolment() -> enrolment(request);
    };
  }

  /** One command, whole: nothing that a person adds to it reaches the console. */
  private Route enrolment(SessionRequest request) {
    var words = BLANKS.split(request.command().strip());
    return request.kind() == Kind.SHELL
            || (request.kind() == Kind.EXEC && List.of(words).equals(ENROL))
        ? console(String.join(" ", ENROL.subList(1, ENROL.size())))
        : new Route.Local(session -> refuse(session, secondFactorMissing()));
  }

  @Override
  public Start start(boolean terminal) {
    return switch (target) {
      case Target.Workspace(var name) -> start(name, terminal);
      case Target.Console() -> Start.failed(consoleOnly());
      case Target.Enrolment() -> Start.failed(secondFactorMissing());
    };
  }

  private Start start(WorkspaceName name, boolean terminal) {
    var owned = workspaces.list(person.username());
    return switch (admission.workspace(person, name, owned)) {
      case Decision.Granted(var spec) -> {
        if (!terminal && isHeld(spec.id(), owned)) {
          yield Start.failed(held(name));
        }
        granted.run();
        price = runs(spec.id(), owned) ? Optional.empty() : costs.atStart(spec.type());
        var start = workspaces.start(spec).within(startTimeout.plus(LAST_WORDS), tooLong());
        yield price.map(p -> saying(start, p)).orElse(start);
      }
      case Decision.Denied(var why) -> Start.failed(why);
    };
  }

  private static boolean runs(WorkspaceId id, List<WorkspaceInfo> owned) {
    return owned.stream().anyMatch(w -> w.id().equals(id) && w.state() == State.RUNNING);
  }

  /** A start whose every step says so too: the line of the one before is overwritten. */
  private static Start saying(Start start, String also) {
    return new Start() {
      @Override
      public CompletionStage<Endpoint> endpoint() {
        return start.endpoint();
      }

      @Override
      public void onProgress(Consumer<Progress> listener) {
        start.onProgress(
            p -> listener.accept(new Progress("%s, %s".formatted(p.what(), also), p.since())));
      }
    };
  }

  /** Its person stopped it, and a program that connects again and again must not undo that. */
  private static boolean isHeld(WorkspaceId id, List<WorkspaceInfo> owned) {
    return owned.stream().anyMatch(w -> w.id().equals(id) && w.held());
  }

  @Override
  public Optional<Endpoint> running() {
    return switch (target) {
      case Target.Workspace(var name) ->
          workspaces.running(new WorkspaceId(person.username(), name));
      case Target.Console(), Target.Enrolment() -> Optional.empty();
    };
  }

  @Override
  public Optional<Failure> whyLost() {
    return switch (target) {
      case Target.Workspace(var name) ->
          workspaces.ending(new WorkspaceId(person.username(), name));
      case Target.Console(), Target.Enrolment() -> Optional.empty();
    };
  }

  @Override
  public Optional<AppRoute> app(AppTarget target) {
    return this.target instanceof Target.Enrolment
        ? apps.route(target).map(any -> new AppRoute.Denied(secondFactorMissing()))
        : apps.route(target);
  }

  @Override
  public boolean keepsApp(AppTarget target) {
    return apps.keeps(target);
  }

  @Override
  public Optional<ServiceDial> service(TunnelTarget tunnel) {
    return switch (target) {
      case Target.Workspace(var name) ->
          services.dial(new WorkspaceId(person.username(), name), tunnel);
      case Target.Console(), Target.Enrolment() -> Optional.empty();
    };
  }

  @Override
  public Restrictions restrictions() {
    return restrictions;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Optional<String> motd() {
    var said =
        motd.orElse("")
            + price.map(p -> "gatehouse: %s costs %s\n".formatted(name(), p)).orElse("")
            + costs.atLogin(person);
    return Optional.of(said).filter(text -> !text.isEmpty());
  }

  private Failure consoleOnly() {
    return new Failure.Denied(
        "console-only", "a login as %s+gate has no workspace".formatted(person.username()));
  }

  private static Failure.Denied secondFactorMissing() {
    return new Failure.Denied(
        "second-factor-missing",
        "you must set up a second factor first: ssh -t to this host with the command gate mfa"
            + " enrol");
  }

  /** A subsystem's stdout is a protocol, so the reason goes to stderr. */
  private static int refuse(LocalSession session, Failure why) throws IOException {
    session.err().write(("gatehouse: " + why.line() + "\n").getBytes(UTF_8));
    return why.exit().status();
  }

  private static Failure held(WorkspaceName name) {
    return new Failure.Denied(
        "workspace-held",
        "workspace %1$s stays stopped until you start it: log in with ssh -t, or gate workspace start %1$s"
            .formatted(name));
  }

  private Failure tooLong() {
    return new Failure.Unavailable(
        "workspace-start-timeout",
        "%s did not start within %d s; the start goes on"
            .formatted(name(), startTimeout.plus(LAST_WORDS).toSeconds()));
  }

  private Route console(String commandLine) {
    LocalProgram program =
        session -> console.run(person, commandLine.strip(), new SessionStreams(session, address));
    return new Route.Local(program);
  }

  /** The first word is gate, as a shell would split it. */
  static boolean isConsoleCommand(String command) {
    var stripped = command.strip();
    return stripped.equals(CONSOLE)
        || (stripped.startsWith(CONSOLE)
            && Character.isWhitespace(stripped.charAt(CONSOLE.length())));
  }
}
