package dev.gatehouse.console.changes;

import static java.util.stream.Collectors.toMap;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.edit.DefinitionValues;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.platform.Effects;
import dev.gatehouse.platform.Effects.Facts;
import dev.gatehouse.platform.FieldChange;
import dev.gatehouse.platform.FieldChanges;
import dev.gatehouse.platform.Maker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A new text of the definition that has no mistakes, and what it would do.
 *
 * @param base the revision that it was made from
 * @param changes field by field
 * @param makers who has to make it so in the cluster; empty where there is none
 * @param warnings what is allowed and may not be meant
 */
public record Proposal(
    Revision base,
    String text,
    List<FieldChange> changes,
    Effects effects,
    Set<Maker> makers,
    List<String> warnings) {
  /** How a message names the text. */
  static final String NAME = "cluster.yaml";

  /**
   * Checks a text, and finds out what it would do. Blocks on the directory and on other gateways.
   *
   * @throws UserError with every mistake in it
   */
  public static Proposal of(Call call, Revision base, String text) {
    var after = parse(text);
    var before = before(call, base);
    var ended = call.services().sessions().endedEverywhereBy(text);
    var warnings = new ArrayList<>(unknownGroups(call, before, after));
    var makers =
        call.services().definitions().operator().isPresent()
            ? Maker.of(before, after)
            : Set.<Maker>of();
    if (makers.contains(Maker.PERSON)) {
      warnings.add(
          "the operator may not make all of this so: somebody with credentials of the cluster runs"
              + " 'gatehouse apply'");
    }
    ended.silent().stream()
        .map(g -> "no answer from %s: sessions that end there are not counted".formatted(g))
        .forEach(warnings::add);
    return new Proposal(
        base,
        text,
        changes(base, text),
        Effects.of(before, after, facts(call, ended.sessions())),
        makers,
        List.copyOf(warnings));
  }

  /**
   * Reads a text that is to become the definition.
   *
   * @throws UserError with every mistake in it, one a line
   */
  static ClusterDefinition parse(String text) {
    try {
      return ClusterDefinitionFile.parse(NAME, text);
    } catch (UserError e) {
      throw new UserError(ExitCode.DATAERR, e.text());
    }
  }

  /** A text that somebody has broken by hand is mended against what is in force. */
  private static ClusterDefinition before(Call call, Revision base) {
    try {
      return ClusterDefinitionFile.parse(NAME, base.text());
    } catch (UserError e) {
      return call.services().definition();
    }
  }

  private static List<FieldChange> changes(Revision base, String text) {
    try {
      return FieldChanges.between(
          DefinitionValues.of(base.text()).all(), DefinitionValues.of(text).all());
    } catch (UserError e) {
      return FieldChanges.between(null, DefinitionValues.of(text).all());
    }
  }

  private static Facts facts(Call call, List<LiveSession> ended) {
    var workspaces = call.services().workspaces().all();
    var owners =
        workspaces.stream()
            .map(w -> w.id().owner())
            .distinct()
            .flatMap(owner -> call.services().people().person(owner).stream())
            .collect(toMap(p -> p.username(), Function.identity()));
    return new Facts(ended.stream().map(LiveSession::user).toList(), workspaces, owners);
  }

  private static List<String> unknownGroups(
      Call call, ClusterDefinition before, ClusterDefinition after) {
    var named = NamedGroups.of(after);
    named.removeAll(NamedGroups.of(before));
    if (named.isEmpty()) {
      return List.of();
    }
    call.services().people().groups().stream().map(Group::name).forEach(named::remove);
    return named.stream().map(Proposal::unknownGroup).toList();
  }

  private static String unknownGroup(GroupName group) {
    return "there is no group %1$s in the directory: 'gate group add %1$s' makes it"
        .formatted(group);
  }

  public boolean changesNothing() {
    return text.equals(base.text());
  }
}
