package dev.gatehouse.admission;

import dev.gatehouse.cluster.App;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides from values alone, by the definition that is in force when the question is asked. One
 * decision reads the definition once: a change in the middle of it cannot make it contradict
 * itself.
 */
public final class Admission {
  private final Supplier<ClusterDefinition> current;
  private final Supplier<Spending> spending;

  /**
   * As if nobody had spent anything.
   *
   * @param current the definition that is in force when a question is asked
   */
  public Admission(Supplier<ClusterDefinition> current) {
    this(current, () -> Spending.NONE);
  }

  /**
   * @param current the definition that is in force when a question is asked
   * @param spending what people have spent of their budgets; does not block
   */
  public Admission(Supplier<ClusterDefinition> current, Supplier<Spending> spending) {
    this.current = current;
    this.spending = spending;
  }

  /** Whether this person may use administrators' commands. */
  public boolean isAdministrator(Person person) {
    return rules().isAdministrator(person);
  }

  /**
   * Whether this person may have the workspace of that name made to run. A workspace that exists
   * keeps its machine type. A new one is made from the machine type of its own name, or, for {@code
   * main}, from the default type.
   *
   * @param existing the person's own workspaces
   */
  public Decision workspace(Person person, WorkspaceName name, List<WorkspaceInfo> existing) {
    return rules().workspace(person, name, existing);
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
    return rules().newWorkspace(person, name, wanted, existing);
  }

  /**
   * Whether this person may have one of their workspaces run as another machine type.
   *
   * @param existing the person's own workspaces
   */
  public Decision machineType(
      Person person, WorkspaceName name, MachineTypeName wanted, List<WorkspaceInfo> existing) {
    return rules().machineType(person, name, wanted, existing);
  }

  /** The machine types that this person may use. */
  public List<MachineType> machineTypes(Person person) {
    return rules().machineTypes(person);
  }

  /**
   * Whether this person may have a tunnel to that host and port, if the host is an app's name.
   *
   * @param host as a client wrote it: hostile
   * @param port any number
   */
  public AppDecision app(Person person, String host, long port) {
    return rules().app(person, host, port);
  }

  /** The apps that this person may reach. */
  public List<App> apps(Person person) {
    return rules().apps(person);
  }

  private Rules rules() {
    return new Rules(current.get(), spending.get());
  }
}
