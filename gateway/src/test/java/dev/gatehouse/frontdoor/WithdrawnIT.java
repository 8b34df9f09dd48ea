package dev.gatehouse.frontdoor;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What somebody may no longer have is taken from who has it open, within seconds. */
@Execution(ExecutionMode.SAME_THREAD)
class WithdrawnIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      login: {recheckInterval: 1s}
      directory: {administrators: admins}
      machineTypes:
        standard: {}
        gpu: {groups: [ml]}
      """;
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
    gateway.people().setAvailable(true);
    gateway.redefine(DEFINITION);
  }

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

  private static void endsWith(String code, Running open) {
    var end = open.await();
    assertThat(end.exit()).isEqualTo(255);
    assertThat(end.stderr()).contains("gatehouse: ").contains("(" + code + ")");
  }

  @Test
  void person_isDisabled_isCutOff(Laptop laptop) {
    gateway.people().add("dan");
    var open = open(laptop, "dan", "dan");
    gateway.people().setDisabled("dan", true);
    endsWith("account-disabled", open);
  }

  /**
   * The kernel resets a connection that is closed with something unread, and the reason is lost.
   */
  @Test
  void person_isDisabledDuringAnUpload_readsWhy(Laptop laptop) {
    gateway.people().add("ulf");
    var identity = gateway.people().identity("ulf").toString();
    var upload =
        laptop.start(
            laptop
                .openssh("-l", "ulf", "-i", identity, HOST, "echo ready; cat > /dev/null")
                .reading(Path.of("/dev/zero")));
    upload.awaitStdout("ready");
    gateway.people().setDisabled("ulf", true);
    endsWith("account-disabled", upload);
    assertThat(upload.stderrSoFar()).contains("Received disconnect from 127.0.0.1");
  }

  /** Both ways round, since one of the two is looked at first. */
  @Test
  void person_isDisabledWhileAnothersLookupFails_isCutOff(Laptop laptop) {
    gateway.people().add("eva");
    gateway.people().add("fay");
    var eva = open(laptop, "eva", "eva");
    var fay = open(laptop, "fay", "fay");
    gateway.people().setBroken("eva", true);
    gateway.people().setDisabled("fay", true);
    endsWith("account-disabled", fay);

    gateway.people().setDisabled("fay", false);
    var again = open(laptop, "fay", "fay");
    gateway.people().setBroken("eva", false);
    gateway.people().setBroken("fay", true);
    gateway.people().setDisabled("eva", true);
    endsWith("account-disabled", eva);
    assertThat(again.isAlive()).isTrue();
    gateway.people().setBroken("fay", false);
  }

  @Test
  void person_isRemoved_isCutOff(Laptop laptop) {
    gateway.people().add("ron");
    var open = open(laptop, "ron", "ron");
    gateway.people().remove("ron");
    endsWith("account-removed", open);
  }

  @Test
  void key_isRemoved_isCutOff(Laptop laptop) {
    gateway.people().add("kim");
    var open = open(laptop, "kim", "kim");
    gateway.people().setKeys("kim");
    endsWith("key-withdrawn", open);
  }

  /** Else a login before the change could do more than one after it. */
  @Test
  void key_getsRestrictions_isCutOff(Laptop laptop) {
    gateway.people().add("rea");
    var open = open(laptop, "rea", "rea");
    gateway.people().setKeys("rea", "restrict " + gateway.people().publicKey("rea"));
    endsWith("key-withdrawn", open);
  }

  @Test
  void group_isLost_takesTheMachineType(Laptop laptop) {
    gateway.people().add("mia", "ml");
    var open = open(laptop, "mia", "mia+gpu");
    gateway.people().setGroups("mia");
    endsWith("machine-type-denied", open);
  }

  @Test
  void administrator_isNoneAnyMore_isCutOff(Laptop laptop) {
    gateway.people().add("root2", "admins");
    var open = open(laptop, "root2", "root2");
    gateway.people().setGroups("root2");
    endsWith("rights-changed", open);
  }

  @Test
  void rule_asksForMore_cutsOffWhoHasProvenLess(Laptop laptop) {
    gateway.people().add("stu", "careful");
    var open = open(laptop, "stu", "stu");
    gateway.redefine(
        DEFINITION.replace(
            "login: {recheckInterval: 1s}",
            "login: {recheckInterval: 1s, rules: [{groups: [careful], methods:"
                + " ['publickey,keyboard-interactive']}]}"));
    endsWith("login-rule-changed", open);
  }

  @Test
  void machineType_isClosedToTheGroup_cutsOff(Laptop laptop) {
    gateway.people().add("gil", "ml");
    var open = open(laptop, "gil", "gil+gpu");
    gateway.redefine(DEFINITION.replace("groups: [ml]", "groups: [others]"));
    endsWith("machine-type-denied", open);
  }

  /** Nobody is thrown out because nobody can be asked. */
  @Test
  void directory_isAwayForAWhile_changesNothing(Laptop laptop) {
    gateway.people().add("ida");
    var open = open(laptop, "ida", "ida");
    gateway.people().setAvailable(false);
    var before = gateway.rounds();
    Poll.until("two rounds", () -> gateway.rounds() >= before + 2);
    assertThat(open.isAlive()).isTrue();
  }

  @Test
  void others_stay(Laptop laptop) {
    gateway.people().add("one");
    gateway.people().add("two");
    var stays = open(laptop, "one", "one");
    var goes = open(laptop, "two", "two");
    gateway.people().setDisabled("two", true);
    endsWith("account-disabled", goes);
    assertThat(stays.isAlive()).isTrue();
  }
}
