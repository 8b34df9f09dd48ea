package dev.gatehouse.platform;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.name.Username;
import dev.gatehouse.text.Plural;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a change of the definition does to people, in the order in which it matters to them.
 *
 * @param all none if nobody notices the change
 */
public record Effects(List<Effect> all) {
  private static final int NAMED = 10;

  /**
   * One effect.
   *
   * @param text such as {@code ends 3 sessions (ada, bob, cy)}
   * @param asks whether it ends somebody's work or deletes something, so that whoever changes the
   *     definition is asked before
   */
  public record Effect(String text, boolean asks) {}

  /**
   * What is so before the change.
   *
   * @param ending whose connections the change ends, once for each of them
   * @param workspaces all that exist
   * @param owners of these workspaces, as the directory knows them; who is missing is gone
   */
  public record Facts(
      List<Username> ending, List<WorkspaceInfo> workspaces, Map<Username, Person> owners) {
    public static final Facts NONE = new Facts(List.of(), List.of(), Map.of());
  }

  /** Returns what the change from one definition to the other does. */
  public static Effects of(ClusterDefinition before, ClusterDefinition after, Facts facts) {
    var change = new Change(before, after, facts);
    return new Effects(
        Stream.of(
                change.sessions(),
                change.administrators(),
                change.removedTypes(),
                change.lostTypes(),
                change.changedTypes(),
                change.removedApps(),
                change.defaultType(),
                change.pools())
            .flatMap(List::stream)
            .toList());
  }

  /** Whether somebody must be asked. */
  public boolean asks() {
    return all.stream().anyMatch(Effect::asks);
  }

  /** Returns what must be asked about, for a question that begins with "This". */
  public String text() {
    return all.stream().filter(Effect::asks).map(Effect::text).collect(joining("; "));
  }

  private record Change(ClusterDefinition before, ClusterDefinition after, Facts facts) {
    List<Effect> sessions() {
      var ending = facts.ending();
      return ending.isEmpty()
          ? List.of()
          : List.of(
              new Effect(
                  "ends %s (%s)"
                      .formatted(Plural.of(ending.size(), "session"), names(new TreeSet<>(ending))),
                  true));
    }

    /** Whoever changes it may shut out themselves. */
    List<Effect> administrators() {
      var old = before.directory().administrators();
      var now = after.directory().administrators();
      return old.equals(now)
          ? List.of()
          : List.of(
              new Effect(
                  "makes the members of %s administrators, and no longer those of %s"
                      .formatted(now, old),
                  true));
    }

    List<Effect> removedTypes() {
      return before.machineTypes().keySet().stream()
          .filter(not(after.machineTypes()::containsKey))
          .map(this::removal)
          .toList();
    }

    private Effect removal(MachineTypeName type) {
      var theirs = workspacesOf(type);
      return new Effect(
          theirs.isEmpty()
              ? "removes the machine type %s, which no workspace has".formatted(type)
              : "removes the machine type %s, which %s: no start of %s until 'gate workspace type'"
                  .formatted(type, have(theirs), theirs.size() == 1 ? "it" : "them"),
          true);
    }

    private static String have(List<WorkspaceInfo> workspaces) {
      return "%s %s (%s)"
          .formatted(
              Plural.of(workspaces.size(), "workspace"),
              workspaces.size() == 1 ? "has" : "have",
              names(workspaces.stream().map(w -> w.id().toString()).toList()));
    }

    /** Of machine types that stay, for those who may use them no longer. */
    List<Effect> lostTypes() {
      var lost =
          facts.workspaces().stream()
              .filter(w -> after.machineTypes().containsKey(w.type()))
              .filter(w -> isGranted(before, w) && !isGranted(after, w))
              .toList();
      return lost.isEmpty()
          ? List.of()
          : List.of(
              new Effect(
                  "takes %s from those who own %s (%s): they may not use the machine type any more"
                      .formatted(
                          Plural.of(lost.size(), "workspace"),
                          lost.size() == 1 ? "it" : "them",
                          names(lost.stream().map(w -> w.id().toString()).toList())),
                  true));
    }

    private boolean isGranted(ClusterDefinition definition, WorkspaceInfo workspace) {
      var owner = Optional.ofNullable(facts.owners().get(workspace.id().owner()));
      var theirs =
          facts.workspaces().stream()
              .filter(w -> w.id().owner().equals(workspace.id().owner()))
              .toList();
      return owner
          .map(o -> new Admission(() -> definition).workspace(o, workspace.id().name(), theirs))
          .filter(Decision.Granted.class::isInstance)
          .isPresent();
    }

    List<Effect> changedTypes() {
      return after.machineTypes().values().stream()
          .filter(this::isMadeOtherwise)
          .map(type -> workspacesOf(type.name()).size())
          .filter(count -> count > 0)
          .reduce(Integer::sum)
          .map(
              count ->
                  new Effect(
                      "%s %s it at %s next start"
                          .formatted(
                              Plural.of(count, "workspace"),
                              count == 1 ? "gets" : "get",
                              count == 1 ? "its" : "their"),
                      false))
          .stream()
          .toList();
    }

    private boolean isMadeOtherwise(MachineType type) {
      var old = before.machineTypes().get(type.name());
      return old != null
          && !(old.hardware().equals(type.hardware())
              && old.environment().equals(type.environment()));
    }

    List<Effect> removedApps() {
      var effects = new ArrayList<Effect>();
      for (var app : before.apps().values()) {
        var now = after.apps().get(app.name());
        if (now == null) {
          effects.add(app(app.name(), "hides the app %s, and ends the tunnels to it"));
        } else if (!now.ports().containsAll(app.ports())
            || !now.groups().containsAll(app.groups())) {
          effects.add(app(app.name(), "ends tunnels to the app %s that are no longer allowed"));
        }
      }
      return effects;
    }

    private static Effect app(AppName app, String sentence) {
      return new Effect(sentence.formatted(app), true);
    }

    List<Effect> defaultType() {
      var old = before.workspaces().defaultType();
      var now = after.workspaces().defaultType();
      return old.equals(now)
          ? List.of()
          : List.of(new Effect("makes new workspaces main of machine type " + now, false));
    }

    /** Whether a node that goes has people on it is not known here: it may, and is asked about. */
    List<Effect> pools() {
      return before.pools().values().stream()
          .flatMap(old -> pool(old, Optional.ofNullable(after.pools().get(old.name()))).stream())
          .toList();
    }

    private Optional<Effect> pool(Pool old, Optional<Pool> now) {
      var theirs = runningIn(old.name());
      var people = theirs.isEmpty() ? "" : ", on which %s".formatted(run(theirs));
      if (now.isEmpty()) {
        return Optional.of(
            new Effect("takes the nodes of pool %s away%s".formatted(old.name(), people), true));
      }
      if (most(now.get()) < most(old)) {
        return Optional.of(
            new Effect(
                "lets pool %s have %s at most, in place of %s%s"
                    .formatted(
                        old.name(),
                        Plural.of(most(now.get()), "node"),
                        most(old) == Integer.MAX_VALUE ? "any number" : most(old),
                        people),
                !theirs.isEmpty()));
      }
      return isOfOtherNodes(old, now.get())
          ? Optional.of(
              new Effect(
                  "may make the nodes of pool %s anew%s".formatted(old.name(), people),
                  !theirs.isEmpty()))
          : Optional.empty();
    }

    private static int most(Pool pool) {
      return pool.nodes().or(pool::max).orElse(Integer.MAX_VALUE);
    }

    private static boolean isOfOtherNodes(Pool old, Pool now) {
      return !(now.instanceTypes().containsAll(old.instanceTypes())
          && old.spot() == now.spot()
          && old.disk().equals(now.disk())
          && old.image().equals(now.image())
          && (now.zones().isEmpty() || now.zones().containsAll(old.zones()))
          && old.taints().equals(now.taints()));
    }

    private static String run(List<WorkspaceInfo> workspaces) {
      return "%s %s (%s)"
          .formatted(
              Plural.of(workspaces.size(), "workspace"),
              workspaces.size() == 1 ? "runs" : "run",
              names(workspaces.stream().map(w -> w.id().toString()).toList()));
    }

    private List<WorkspaceInfo> runningIn(PoolName pool) {
      return facts.workspaces().stream()
          .filter(w -> w.state() != State.STOPPED)
          .filter(
              w ->
                  Optional.ofNullable(before.machineTypes().get(w.type()))
                      .flatMap(type -> type.hardware().pool())
                      .filter(pool::equals)
                      .isPresent())
          .toList();
    }

    private List<WorkspaceInfo> workspacesOf(MachineTypeName type) {
      return facts.workspaces().stream().filter(w -> w.type().equals(type)).toList();
    }

    private static String names(Collection<?> all) {
      Function<Collection<?>, String> words =
          some -> some.stream().map(Object::toString).collect(joining(", "));
      return all.size() <= NAMED
          ? words.apply(all)
          : "%s and %d more"
              .formatted(words.apply(all.stream().limit(NAMED).toList()), all.size() - NAMED);
    }
  }
}
