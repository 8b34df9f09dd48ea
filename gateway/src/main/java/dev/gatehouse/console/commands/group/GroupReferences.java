package dev.gatehouse.console.commands.group;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where the definition names groups. It knows them by their names: when one goes or is renamed,
 * rights or stricter logins of its members would be lost without a word.
 */
record GroupReferences(ClusterDefinition definition) {
  private record Place(String path, Collection<GroupName> groups) {}

  /**
   * @throws UserError if the group may not go, since the definition names it
   */
  void requireNone(GroupName name) {
    requireNotAdministrators(name);
    var places = places(groups -> groups.contains(name));
    if (!places.isEmpty()) {
      throw new UserError(
          ExitCode.DATAERR,
          "the definition names %s in %s; take it out of there first"
              .formatted(name, words(places)));
    }
  }

  /**
   * @throws UserError if the definition names the group somewhere and not its new name beside it
   */
  void requireBoth(GroupName name, GroupName replacement) {
    requireNotAdministrators(name);
    var places = places(groups -> groups.contains(name) && !groups.contains(replacement));
    if (!places.isEmpty()) {
      throw new UserError(
          ExitCode.DATAERR,
          "the definition names %s in %s; put %s beside it first"
              .formatted(name, words(places), replacement));
    }
  }

  private void requireNotAdministrators(GroupName name) {
    if (definition.directory().administrators().equals(name)) {
      throw new UserError(ExitCode.NOPERM, "%s is the administrators' group".formatted(name));
    }
  }

  private List<String> places(Predicate<Collection<GroupName>> wanted) {
    var places = new ArrayList<Place>();
    var rules = definition.login().rules();
    for (var i = 0; i < rules.size(); i++) {
      places.add(new Place("login.rules[%d].groups".formatted(i), rules.get(i).groups()));
    }
    definition
        .machineTypes()
        .forEach((name, type) -> places.add(place("machineTypes", name, type.groups())));
    definition.apps().forEach((name, app) -> places.add(place("apps", name, app.groups())));
    places.add(new Place("costs.budgets.groups", definition.costs().budgets().groups().keySet()));
    return places.stream().filter(p -> wanted.test(p.groups())).map(Place::path).toList();
  }

  private static Place place(String section, Object name, Collection<GroupName> groups) {
    return new Place("%s.%s.groups".formatted(section, name), groups);
  }

  private static String words(List<String> places) {
    return places.size() == 1
        ? places.getFirst()
        : String.join(", ", places.subList(0, places.size() - 1)) + " and " + places.getLast();
  }
}
