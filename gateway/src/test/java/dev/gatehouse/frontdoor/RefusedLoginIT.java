package dev.gatehouse.frontdoor;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not log in learns nothing else: not whether the name exists, nor why. */
class RefusedLoginIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      machineTypes:
        standard: {}
        gpu: {groups: [ml]}
        wide: {}
      """;

  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start(
                    DEFINITION, People.of("alice", "slow").addDisabled("eve").add("mia", "ml"));
            return gateway;
          });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "root",
        "alice+",
        "+",
        "+gpu",
        "ALICE",
        "Alice",
        "alice ",
        "alice+a/b",
        "alice++gpu",
        "*",
        "*)(uid=*",
        "alice)(uid=*",
        "\\2a",
        "alice\nroot",
        "alice\u001b]52;c;cm9vdA==\u0007",
        "alice\u202e",
        "alice\u009b31m",
        "аlice"
      })
  void login_unknownOrMalformedName_isAnsweredLikeAWrongKey(String name, Laptop laptop) {
    try (var log = gateway.logged()) {
      assertThat(refusal(name, "alice")).isEqualTo(refusal("alice", "eve"));
      assertThat(log.all()).noneMatch(line -> line.chars().anyMatch(c -> c < ' ' || c > '~'));
    }
  }

  @Test
  void login_withAStockClient_isAnsweredLikeAWrongKey(Laptop laptop) {
    for (var name : List.of("alice+", "ALICE", "nobody", "alice+a/b")) {
      assertThat(answer(login(laptop, name, "alice")))
          .isEqualTo(answer(login(laptop, "alice", "eve")))
          .isEqualTo("Permission denied (publickey).");
    }
  }

  @Test
  void login_disabledPersonWithTheirKey_isAnsweredLikeAWrongKey(Laptop laptop) {
    assertThat(answer(login(laptop, "eve", "eve"))).isEqualTo("Permission denied (publickey).");
  }

  @Test
  void login_nameOf100Kilobytes_isRefused(Laptop laptop) {
    try (var log = gateway.logged();
        var client = RawClient.connect(gateway, "alice")) {
      var request = client.message(SshConstants.SSH_MSG_USERAUTH_REQUEST);
      request.putString("a".repeat(100_000));
      request.putString("ssh-connection");
      request.putString("none");
      client.send(request);
      var next = client.message(SshConstants.SSH_MSG_USERAUTH_REQUEST);
      next.putString("alice");
      next.putString("ssh-connection");
      next.putString("none");
      client.push(next);
      client.awaitClosed();
      assertThat(log.all()).isEmpty();
    }
  }

  /** More than an SSH packet may hold: it is not even read. */
  @Test
  void login_nameOfAMegabyte_endsTheConnection(Laptop laptop) {
    try (var client = RawClient.connect(gateway, "alice")) {
      var request = client.message(SshConstants.SSH_MSG_USERAUTH_REQUEST);
      request.putString("a".repeat(1 << 20));
      client.push(request);
      client.awaitClosed();
    }
    assertThat(login(laptop, "alice", "alice").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {52, 60, 80, 90, 98, 192})
  void message_ofAnotherPhaseBeforeLogin_opensNothing(int type, Laptop laptop) {
    try (var client = RawClient.connect(gateway, "alice")) {
      var message = client.message(type);
      message.putString("session");
      message.putUInt(0);
      message.putUInt(1000);
      message.putUInt(1000);
      client.push(message);
      client.push(client.globalRequest("keepalive@openssh.com", true));
      client.awaitClosed();
      assertThat(client.received()).isEmpty();
    }
    assertThat(gateway.connections()).isZero();
  }

  @Test
  void login_directoryIsSlowForOne_othersLogInMeanwhile(Laptop laptop) {
    try (var hold = gateway.people().hold("slow")) {
      var waiting =
          laptop.start(laptop.openssh("-l", "slow", "-i", identity("slow"), HOST, "gate whoami"));
      Poll.until("slow is looked up", () -> gateway.people().wasAsked("slow"));
      for (var i = 0; i < 20; i++) {
        RawClient.login(gateway).close();
      }
      assertThat(waiting.isAlive()).isTrue();
      hold.release();
      assertThat(waiting.await().ok().stdout()).contains("slow");
    }
  }

  /** More than there are I/O threads wait for the directory, and somebody else logs in. */
  @Test
  void login_directoryIsSlowForMany_othersLogInMeanwhile(Laptop laptop) {
    var clients = new ArrayList<RawClient>();
    try (var _ = gateway.people().hold("nobody")) {
      for (var i = 0; i < 40; i++) {
        var client = RawClient.connect(gateway, "nobody");
        clients.add(client);
        var request = client.message(SshConstants.SSH_MSG_USERAUTH_REQUEST);
        request.putString("nobody");
        request.putString("ssh-connection");
        request.putString("none");
        client.send(request);
      }
      RawClient.login(gateway).close();
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  /** Who has shown that they hold a key is told to come back; and it tells nothing of a name. */
  @Test
  void login_directoryIsUnavailable_isToldToAllAndOnlyTheLogSaysWhy(Laptop laptop) {
    gateway.people().setAvailable(false);
    try (var log = gateway.logged()) {
      var result = login(laptop, "alice", "alice");
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr())
          .contains("nobody can log in now; try again in a moment (directory-unavailable)")
          .doesNotContain("ldap");
      for (var other : List.of("nobody", "eve", "ALICE")) {
        assertThat(withoutPort(login(laptop, other, "alice"))).isEqualTo(withoutPort(result));
      }
      assertThat(log.all())
          .contains("[directory-unavailable] alice cannot log in now: ldap.internal refuses");
    } finally {
      gateway.people().setAvailable(true);
    }
  }

  @Test
  void workspace_nosuch_isDeniedWithWhatThereIs(Laptop laptop) {
    var result = laptop.openssh("-l", "alice+nosuch", HOST, "true").run();
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.stderr())
        .isEqualTo(
            "gatehouse: there is no workspace and no machine type nosuch; you may use standard,"
                + " wide (no-such-workspace)\n");
  }

  @Test
  void workspace_typeOfAnotherGroup_isDenied(Laptop laptop) {
    var result = laptop.openssh("-l", "alice+gpu", HOST, "true").run();
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.stderr())
        .isEqualTo("gatehouse: machine type gpu is for the groups ml (machine-type-denied)\n");
  }

  @Test
  void workspace_typeOfOwnGroup_isGranted(Laptop laptop) {
    var result = laptop.openssh("-l", "mia+gpu", "-i", identity("mia"), HOST, "echo up").run();
    assertThat(result.ok().stdout()).isEqualTo("up\n");
  }

  private static String identity(String name) {
    return gateway.people().identity(name).toString();
  }

  private static Result login(Laptop laptop, String name, String key) {
    return laptop
        .program("ssh", "-F", "none", "-i", identity(key), "-p", "" + gateway.port())
        .and("-oIdentitiesOnly=yes", "-oIdentityAgent=none", "-oBatchMode=yes")
        .and("-oUserKnownHostsFile=" + gateway.knownHosts())
        .and("-l", name, gateway.host(), "true")
        .run();
  }

  /** All that a client of our own, which sends any name, hears of it. */
  private static String refusal(String name, String key) {
    try (var client = RawClient.login(gateway, name, gateway.people().identity(key))) {
      throw new AssertionError(name + " is let in while closed: " + client.isClosed());
    } catch (UncheckedIOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What the server answered, without the name that ssh puts in front of it. */
  private static String withoutPort(Result result) {
    return result.stderr().replaceAll("port [0-9]+", "port N");
  }

  private static String answer(Result result) {
    var lines = result.stderr();
    var at = lines.indexOf("Permission denied");
    return at < 0 ? result.toString() : lines.substring(at).strip();
  }
}
