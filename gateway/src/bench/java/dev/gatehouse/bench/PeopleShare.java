package dev.gatehouse.bench;

import dev.gatehouse.console.PeopleCost;
import dev.gatehouse.directory.ManyPeopleDirectories;
import dev.gatehouse.directory.PeopleAdministration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the console's commands about everybody take where there are 10,000 people. */
final class PeopleShare implements Part {
  private static final int PEOPLE = Integer.getInteger("bench.people", 10_000);
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "people of a large directory";
  }

  @Override
  public Outcome measure() {
    var remarks = new ArrayList<String>();
    ManyPeopleDirectories.embedded(people -> remarks.add(remark("inside the gateway", people)));
    ManyPeopleDirectories.slapd(people -> remarks.add(remark("slapd", people)));
    return new Outcome(List.of(), remarks);
  }

  private String remark(String where, PeopleAdministration people) {
    var cost = new PeopleCost(people);
    var file = PeopleCost.csv(PEOPLE);
    var began = System.nanoTime();
    var _ = cost.run("user import", file);
    var seconds = (System.nanoTime() - began) / 1e9;
    settle();
    return "%s, %s: %d imported in %.1f s; user list %.0f ms, user export %.0f ms, the same file again %.0f ms."
        .formatted(
            name(),
            where,
            PEOPLE,
            seconds,
            millis(cost, "user list", ""),
            millis(cost, "user export", ""),
            millis(cost, "user import", file));
  }

  /** For a moment after a change of its own the gateway asks the directory, not the copy. */
  private static void settle() {
    try {
      Thread.sleep(11_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double millis(PeopleCost cost, String command, String stdin) {
    var millis = new double[ROUNDS];
    for (var i = 0; i < ROUNDS; i++) {
      var began = System.nanoTime();
      var _ = cost.run(command, stdin);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }
}
