package dev.gatehouse.admission;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.App;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one definition allows. Every decision is taken by one of these, so by one definition. */
record Rules(ClusterDefinition definition, Spending spending) {
  /** The login {@code alice+gate} leads to the console, so nobody could come to that workspace. */
  private static final WorkspaceName CONSOLE = new WorkspaceName("gate");

  private static final String DISABLED = "your account is disabled";

  boolean isAdministrator(Person person) {
    return !person.disabled() && person.groups().contains(definition.directory().administrators());
  }

  Decision workspace(Person person, WorkspaceName name, List<WorkspaceInfo> existing) {
    if (person.disabled()) {
      return disabled();
    }
    var known = named(name, existing);
    var typeName = known.map(WorkspaceInfo::type).or(() -> typeOfNew(name));
    var type = typeName.flatMap(this::defined);
    if (type.isEmpty()) {
      return denied("no-such-workspace", noSuchWorkspace(person, name, typeName));
    }
    if (known.isEmpty() && isFull(existing) && mayUse(person, type.get())) {
      return tooMany(existing);
    }
    var decision = granted(person, name, type.get());
    return decision instanceof Decision.Granted && known.filter(Rules::runs).isEmpty()
        ? budgetSpent(person).orElse(decision)
        : decision;
  }

  /** What runs goes on: a budget keeps nothing but starts from happening. */
  private static boolean runs(WorkspaceInfo known) {
    return known.state() == State.RUNNING || known.state() == State.STARTING;
  }

  private Optional<Decision> budgetSpent(Person person) {
    var costs = definition.costs();
    return spending
        .refusal(costs.budgets(), person.username(), person.groups())
        .map(
            spent ->
                denied(
                    "budget-spent",
                    "%s: no workspace starts before %s unless an administrator raises %s"
                        .formatted(spent.text(costs.currency()), spent.next(), spent.key())));
  }

  Decision newWorkspace(
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
        wanted.or(() -> typeOfNew(name)).orElseGet(() -> definition.workspaces().defaultType());
    var type = defined(typeName);
    if (type.isEmpty()) {
      return noSuchType(person, typeName);
    }
    return isFull(existing) && mayUse(person, type.get())
        ? tooMany(existing)
        : granted(person, name, type.get());
  }

  Decision machineType(
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

  List<MachineType> machineTypes(Person person) {
    return definition.machineTypes().values().stream().filter(t -> mayUse(person, t)).toList();
  }

  AppDecision app(Person person, String host, long port) {
    var apps = definition.apps();
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

  List<App> apps(Person person) {
    return definition.apps().values().stream()
        .filter(app -> !person.disabled() && isInOneOf(app.groups(), person))
        .toList();
  }

  private Optional<MachineTypeName> typeOfNew(WorkspaceName name) {
    var wanted =
        name.equals(WorkspaceName.MAIN)
            ? definition.workspaces().defaultType()
            : new MachineTypeName(name.value());
    return Optional.of(wanted).filter(definition.machineTypes()::containsKey);
  }

  private static Optional<WorkspaceInfo> named(WorkspaceName name, List<WorkspaceInfo> existing) {
    return existing.stream().filter(w -> w.id().name().equals(name)).findFirst();
  }

  private Optional<MachineType> defined(MachineTypeName name) {
    return definition.machineTypes().values().stream()
        .filter(type -> type.name().equals(name))
        .findFirst();
  }

  private boolean isFull(List<WorkspaceInfo> existing) {
    return existing.size() >= definition.workspaces().perPerson();
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
