package dev.gatehouse.admission;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides from values alone: the same question always has the same answer. */
public final class Admission {
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
      return denied("account-disabled", "your account is disabled");
    }
    var known = existing.stream().filter(w -> w.id().name().equals(name)).findFirst();
    var typeName = known.map(WorkspaceInfo::type).or(() -> typeOfNew(name));
    var type = typeName.map(t -> (@Nullable MachineType) current.get().machineTypes().get(t));
    if (type.isEmpty()) {
      return denied("no-such-workspace", noSuchWorkspace(person, name, typeName));
    }
    if (!mayUse(person, type.get())) {
      return denied(
          "machine-type-denied",
          "machine type %s is for the groups %s".formatted(type.get().name(), groups(type.get())));
    }
    if (known.isEmpty() && existing.size() >= current.get().workspaces().perPerson()) {
      return denied(
          "too-many-workspaces",
          "you have %d workspaces and may have no more".formatted(existing.size()));
    }
    return new Decision.Granted(
        new WorkspaceSpec(new WorkspaceId(person.username(), name), person, type.get()));
  }

  /** The machine types that this person may use. */
  public List<MachineType> machineTypes(Person person) {
    return current.get().machineTypes().values().stream().filter(t -> mayUse(person, t)).toList();
  }

  private Optional<MachineTypeName> typeOfNew(WorkspaceName name) {
    var wanted =
        name.equals(WorkspaceName.MAIN)
            ? current.get().workspaces().defaultType()
            : new MachineTypeName(name.value());
    return Optional.of(wanted).filter(current.get().machineTypes()::containsKey);
  }

  private static boolean mayUse(Person person, MachineType type) {
    return type.groups().isEmpty() || type.groups().stream().anyMatch(person.groups()::contains);
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
                    .formatted(
                        name,
                        machineTypes(person).stream()
                            .map(t -> t.name().value())
                            .collect(joining(", "))));
  }

  private static String groups(MachineType type) {
    return type.groups().stream().sorted().map(Object::toString).collect(joining(", "));
  }

  private static Decision denied(String code, String message) {
    return new Decision.Denied(new Failure.Denied(code, message));
  }
}
