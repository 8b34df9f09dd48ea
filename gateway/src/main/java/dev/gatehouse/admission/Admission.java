package dev.gatehouse.admission;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.App;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Decides from values alone: the same question always has the same answer. */
public final class Admission {
  /** The login {@code alice+gate} leads to the console, so nobody could come to that workspace. */
  private static final WorkspaceName CONSOLE = new WorkspaceName("gate");

  private static final String DISABLED = "your account is disabled";

  private final Supplier<ClusterDefinition> current;

  /**
   * @param current the definition that is in force when a question is asked
   */
  public Admission(Supplier<ClusterDefinition> current) {
    this.current = current;
  }

  /** Whether this person may use administrators' commands. */
  public boolean isAdministrator(Person person) {
    return !person.disabled()
        && person.groups().contains(current.get().directory().administrators());
  }

  /**
   * Whether this person may have the workspace of that name made to run. A workspace that exists
   * keeps its machine type. A new one is made from the machine type of its own name, or, for {@code
   * main}, from the default type.
   *
   * @param existing the person's own workspaces
   */
  public Decision workspace(Person person, WorkspaceName name, List<WorkspaceInfo> existing) {
    if (person.disabled()) {
      return disabled();
    }
    var known = named(name, existing);
    var typeName = known.map(WorkspaceInfo::type).or(() -> typeOfNew(name));
    var type = typeName.flatMap(this::defined);
    if (type.isEmpty()) {
      return denied("no-such-workspace", noSuchWorkspace(person, name, typeName));
    }
    return known.isEmpty() && isFull(existing) && mayUse(person, type.get())
        ? tooMany(existing)
        : granted(person, name, type.get());
  }

  /**
   * Whether this person may have a new workspace of that name.
   *
   * @param wanted its machine type; without it the one of its own name, or else the default type
   * @param existing the person's own workspaces
   */
  public Decision newWorkspace(
      Person person,
      WorkspaceName name,
      Optional<MachineTypeName> wanted,
      List<WorkspaceInfo> existing) {
    if (person.disabled()) {
      return disabled();
    }
    if (name.equals(CONSOLE)) {
      return denied(
          "workspace-name-reserved",
          "a workspace cannot be called %s: that name leads to the console".formatted(name));
    }
    if (named(name, existing).isPresent()) {
      return denied("workspace-exists", "there is a workspace %s already".formatted(name));
    }
    var typeName =
        wanted.or(() -> typeOfNew(name)).orElseGet(() -> current.get().workspaces().defaultType());
    var type = defined(typeName);
    if (type.isEmpty()) {
      return noSuchType(person, typeName);
    }
    return isFull(existing) && mayUse(person, type.get())
        ? tooMany(existing)
        : granted(person, name, type.get());
  }

  /**
   * Whether this person may have one of their workspaces run as another machine type.
   *
   * @param existing the person's own workspaces
   */
  public Decision machineType(
      Person person, WorkspaceName name, MachineTypeName wanted, List<WorkspaceInfo> existing) {
    if (person.disabled()) {
      return disabled();
    }
    if (named(name, existing).isEmpty()) {
      return denied("no-such-workspace", "there is no workspace %s".formatted(name));
    }
    return defined(wanted)
        .map(type -> granted(person, name, type))
        .orElseGet(() -> noSuchType(person, wanted));
  }

  /** The machine types that this person may use. */
  public List<MachineType> machineTypes(Person person) {
    return current.get().machineTypes().values().stream().filter(t -> mayUse(person, t)).toList();
  }

  /**
   * Whether this person may have a tunnel to that host and port, if the host is an app's name.
   *
   * @param host as a client wrote it: hostile
   * @param port any number
   */
  public AppDecision app(Person person, String host, long port) {
    var apps = current.get().apps();
    return AppName.ofHost(host)
        .flatMap(name -> Optional.ofNullable(apps.get(name)))
        .map(app -> app(person, app, port))
        .orElseGet(AppDecision.NoApp::new);
  }

  private static AppDecision app(Person person, App app, long port) {
    if (person.disabled()) {
      return deniedApp("account-disabled", DISABLED);
    }
    if (!isInOneOf(app.groups(), person)) {
      return deniedApp(
          "app-denied",
          "app %s is for the groups %s; ask an administrator to put you into one"
              .formatted(app.name(), names(app.groups())));
    }
    return app.ports().stream()
        .filter(declared -> declared == port)
        .<AppDecision>map(declared -> new AppDecision.Granted(app, declared))
        .findFirst()
        .orElseGet(
            () ->
                deniedApp(
                    "app-port-denied",
                    "app %s is not reached on port %d; take one of %s"
                        .formatted(app.name(), port, names(app.ports()))));
  }

  /** The apps that this person may reach. */
  public List<App> apps(Person person) {
    return current.get().apps().values().stream()
        .filter(app -> !person.disabled() && isInOneOf(app.groups(), person))
        .toList();
  }

  private Optional<MachineTypeName> typeOfNew(WorkspaceName name) {
    var wanted =
        name.equals(WorkspaceName.MAIN)
            ? current.get().workspaces().defaultType()
            : new MachineTypeName(name.value());
    return Optional.of(wanted).filter(current.get().machineTypes()::containsKey);
  }

  private static Optional<WorkspaceInfo> named(WorkspaceName name, List<WorkspaceInfo> existing) {
    return existing.stream().filter(w -> w.id().name().equals(name)).findFirst();
  }

  private Optional<MachineType> defined(MachineTypeName name) {
    return current.get().machineTypes().values().stream()
        .filter(type -> type.name().equals(name))
        .findFirst();
  }

  private boolean isFull(List<WorkspaceInfo> existing) {
    return existing.size() >= current.get().workspaces().perPerson();
  }

  /** Whoever may use the machine type may have it. */
  private static Decision granted(Person person, WorkspaceName name, MachineType type) {
    return mayUse(person, type)
        ? new Decision.Granted(
            new WorkspaceSpec(new WorkspaceId(person.username(), name), person, type))
        : denied(
            "machine-type-denied",
            "machine type %s is for the groups %s".formatted(type.name(), names(type.groups())));
  }

  private static boolean mayUse(Person person, MachineType type) {
    return type.groups().isEmpty() || isInOneOf(type.groups(), person);
  }

  private static boolean isInOneOf(Set<GroupName> groups, Person person) {
    return groups.stream().anyMatch(person.groups()::contains);
  }

  private String noSuchWorkspace(
      Person person, WorkspaceName name, Optional<MachineTypeName> typeName) {
    return typeName
        .map(
            t ->
                "workspace %s is of machine type %s, which is no longer defined".formatted(name, t))
        .orElseGet(
            () ->
                "there is no workspace and no machine type %s; you may use %s"
                    .formatted(name, typeNames(person)));
  }

  private Decision noSuchType(Person person, MachineTypeName name) {
    return denied(
        "no-such-machine-type",
        "there is no machine type %s; take one of %s".formatted(name, typeNames(person)));
  }

  private static Decision disabled() {
    return denied("account-disabled", DISABLED);
  }

  private static Decision tooMany(List<WorkspaceInfo> existing) {
    return denied(
        "too-many-workspaces",
        "%d workspaces are as many as one may have; 'gate workspace delete' makes room"
            .formatted(existing.size()));
  }

  private String typeNames(Person person) {
    return names(machineTypes(person).stream().map(MachineType::name).toList());
  }

  private static String names(Collection<? extends Comparable<?>> few) {
    return few.stream().sorted().map(Object::toString).collect(joining(", "));
  }

  private static AppDecision deniedApp(String code, String message) {
    return new AppDecision.Denied(new Failure.Denied(code, message));
  }

  private static Decision denied(String code, String message) {
    return new Decision.Denied(new Failure.Denied(code, message));
  }
}
