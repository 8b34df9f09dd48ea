package dev.gatehouse.frontdoor;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The sessions of which {@code gate cluster plan} says that a change ends them are those that it
 * ends.
 */
@Execution(ExecutionMode.SAME_THREAD)
class ForeseenIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      login: {recheckInterval: 1s}
      directory: {administrators: admins}
      machineTypes:
        standard: {}
        gpu: {groups: [ml]}
      workspaces: {defaultType: standard}
      """;
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(DEFINITION, People.of("alice"));
            gateway.people().setGroups("alice", "admins");
            gateway.people().add("gil", "ml");
            gateway.people().add("hal", "ml", "hpc");
            gateway.people().add("stu", "careful");
            return gateway;
          });

  private static Running open(Laptop laptop, String name, String login) {
    var running =
        laptop.start(
            laptop.openssh(
                "-l",
                login,
                "-i",
                gateway.people().identity(name).toString(),
                HOST,
                "echo ready; sleep 60"));
    running.awaitStdout("ready");
    return running;
  }

  /** Foresees, then makes it so, and compares who is left. */
  private static void endsAsForeseen(Laptop laptop, String definition, List<String> expected) {
    var open =
        Stream.of("gil", "hal", "stu")
            .collect(Collectors.toMap(n -> n, n -> open(laptop, n, login(n))));
    var plan =
        laptop
            .openssh("-l", "alice+gate", HOST, "cluster plan")
            .run(definition)
            .ok()
            .stdout();
    if (expected.isEmpty()) {
      assertThat(plan).doesNotContain("ends ");
    } else {
      assertThat(plan)
          .contains(
              "ends %d session%s (%s)"
                  .formatted(
                      expected.size(), expected.size() == 1 ? "" : "s", String.join(", ", expected)));
    }
    gateway.redefine(definition);
    var before = gateway.rounds();
    Poll.until("three rounds", () -> gateway.rounds() >= before + 3);
    Poll.until(
        () -> "alive are " + alive(open) + ", to end are " + expected,
        Poll.PATIENCE,
        () -> alive(open).size() == open.size() - expected.size());
    assertThat(alive(open)).noneMatch(expected::contains);
    open.values().forEach(Running::close);
    gateway.redefine(DEFINITION);
    gateway.awaitNobody();
  }

  private static String login(String name) {
    return name.equals("stu") ? name : name + "+gpu";
  }

  private static List<String> alive(Map<String, Running> open) {
    return open.entrySet().stream()
        .filter(e -> e.getValue().isAlive())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @Test
  void machineType_isGivenToOthers(Laptop laptop) {
    endsAsForeseen(laptop, DEFINITION.replace("[ml]", "[hpc]"), List.of("gil"));
  }

  @Test
  void machineType_isRemoved(Laptop laptop) {
    endsAsForeseen(laptop, DEFINITION.replace("  gpu: {groups: [ml]}\n", ""), List.of("gil", "hal"));
  }

  @Test
  void loginRule_asksForMore(Laptop laptop) {
    endsAsForeseen(
        laptop,
        DEFINITION.replace(
            "recheckInterval: 1s",
            "recheckInterval: 1s, rules: [{groups: [careful], methods:"
                + " ['publickey,keyboard-interactive']}]"),
        List.of("stu"));
  }

  @Test
  void machineType_getsMoreMemory(Laptop laptop) {
    endsAsForeseen(laptop, DEFINITION.replace("{groups: [ml]}", "{groups: [ml], memory: 4Gi}"), List.of());
  }
}
