package dev.gatehouse.frontdoor;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A change in the store of the definition is in force at once, for who is connected too. The
 * gateway looks at them every five minutes otherwise, so a test that waits for that fails.
 */
@Execution(ExecutionMode.SAME_THREAD)
class ChangedDefinitionIT {
  private static final String LOGIN = "login: {recheckInterval: 5m}\n";
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      machineTypes:
        standard: {}
        gpu: {groups: [ml]}
      """
          + LOGIN;
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(DEFINITION, People.of("alice"));
            return gateway;
          });

  @AfterEach
  void restore() {
    change(DEFINITION);
  }

  private static void change(String text) {
    var author = new Author("ada", "ssh from 192.0.2.7", Optional.empty());
    gateway.definitions().change(gateway.definitions().current().number(), text, author);
  }

  private static Running open(Laptop laptop, String name, String login) {
    var identity = gateway.people().identity(name).toString();
    var running =
        laptop.start(laptop.openssh("-l", login, "-i", identity, HOST, "echo ready; sleep 60"));
    running.awaitStdout("ready");
    return running;
  }

  private static void endsWith(String code, Running open) {
    var end = open.await();
    assertThat(end.exit()).isEqualTo(255);
    assertThat(end.stderr()).contains("(" + code + ")");
  }

  @Test
  void change_machineTypeIsClosedToTheGroup_cutsOffAtOnce(Laptop laptop) {
    gateway.people().add("gil", "ml");
    var open = open(laptop, "gil", "gil+gpu");
    change(DEFINITION.replace("groups: [ml]", "groups: [others]"));
    endsWith("machine-type-denied", open);
  }

  @Test
  void change_loginAsksForMore_cutsOffAtOnce(Laptop laptop) {
    gateway.people().add("stu");
    var open = open(laptop, "stu", "stu");
    change(
        DEFINITION.replace(
            LOGIN, "login: {recheckInterval: 5m, methods: ['publickey,keyboard-interactive']}\n"));
    endsWith("login-rule-changed", open);
  }

  @Test
  void change_otherName_isShownAtOnce(Laptop laptop) {
    assertThat(laptop.ssh("gate status").stdout()).contains("gatehouse");
    change(DEFINITION.replace("{port: 0}", "{port: 0, name: elsewhere}"));
    Poll.until("it is told", () -> laptop.ssh("gate status").stdout().contains("elsewhere"));
  }

  @Test
  void change_brokenRevision_endsNobody(Laptop laptop) {
    var open = open(laptop, "alice", "alice");
    change("login: {methods: []}");
    Poll.until("it is refused", () -> gateway.definition().refused().isPresent());
    assertThat(laptop.ssh("exit 3").exit()).isEqualTo(3);
    assertThat(open.isAlive()).isTrue();
  }

  /** With an editor, for example. */
  @Test
  void write_fileAlone_isReadByTheGatewayItself(Laptop laptop) {
    gateway.write(DEFINITION.replace("{port: 0}", "{port: 0, name: byFile}"));
    Poll.until("it is read", () -> laptop.ssh("gate status").stdout().contains("byFile"));
  }
}
