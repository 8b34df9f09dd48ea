package dev.gatehouse.relay;

import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_SUCCESS;
import static org.apache.sshd.common.SshConstants.SSH_MSG_REQUEST_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A restricted login tries names that the gateway does not know and the workspace's sshd does.
 * OpenSSH takes a string that ends in a zero byte for the one without it, MINA compares channel
 * types without regard to case and has a second name for agents: so what a restricted login may ask
 * for is a list, and everything else is refused.
 */
class RestrictionBypassIT {
  private static final String FORCED = "echo \"forced: $SSH_ORIGINAL_COMMAND; lang: $LC_X\"";

  private static StagedGateway gateway;

  @BeforeAll
  static void startGateway() {
    gateway = StagedGateway.start("gateway: {port: 0}", People.of("alice", "robot"));
    var people = gateway.people();
    people.setKeys("alice", "restrict " + people.publicKey("alice"));
    var command = FORCED.replace("\"", "\\\"");
    people.setKeys(
        "robot", "restrict,command=\"%s\" %s".formatted(command, people.publicKey("robot")));
  }

  @AfterAll
  static void stopGateway() {
    gateway.close();
  }

  private static RawClient robot() {
    return RawClient.login(gateway, "robot", gateway.people().identity("robot"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "direct-tcpip",
        "direct-tcpip\0",
        "Direct-TCPIP",
        "direct-streamlocal@openssh.com",
        "direct-streamlocal@openssh.com\0",
        "tun@openssh.com",
        "tun@openssh.com\0",
        "x11",
        "no-such-type"
      })
  void restricted_opensWhateverItIsCalled_isRefused(String type) {
    try (var client = RawClient.login(gateway)) {
      var open = client.message(SSH_MSG_CHANNEL_OPEN);
      open.putString(type);
      open.putUInt(7);
      open.putUInt(1000);
      open.putUInt(1000);
      open.putString("127.0.0.1");
      open.putUInt(gateway.port());
      open.putString("127.0.0.1");
      open.putUInt(9);
      client.send(open);
      var refusal = client.await(SSH_MSG_CHANNEL_OPEN_FAILURE).fields();
      assertThat(refusal.getUInt()).isEqualTo(7);
      assertThat(refusal.getInt()).isEqualTo(SSH_OPEN_ADMINISTRATIVELY_PROHIBITED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcpip-forward",
        "tcpip-forward\0",
        "streamlocal-forward@openssh.com",
        "streamlocal-forward@openssh.com\0"
      })
  void restricted_asksToListen_isRefused(String type) {
    try (var client = RawClient.login(gateway)) {
      var forward = client.globalRequest(type, true);
      forward.putString("127.0.0.1");
      forward.putUInt(0);
      client.send(forward);
      client.await(SSH_MSG_REQUEST_FAILURE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pty-req",
        "pty-req\0",
        "PTY-REQ",
        "auth-agent-req@openssh.com",
        "auth-agent-req@openssh.com\0",
        "auth-agent-req",
        "x11-req",
        "x11-req\0"
      })
  void restricted_asksForWhateverItIsCalled_doesNotGetIt(String type) {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      for (var wantReply : new boolean[] {true, false}) {
        var request = client.request(channel, type, wantReply);
        if (type.startsWith("pty")) {
          request.putString("xterm");
          request.putUInt(80);
          request.putUInt(24);
          request.putUInt(0);
          request.putUInt(0);
          request.putString("");
        } else if (type.startsWith("x11")) {
          request.putBoolean(false);
          request.putString("MIT-MAGIC-COOKIE-1");
          request.putString("00112233445566778899aabbccddeeff");
          request.putUInt(0);
        }
        client.send(request);
      }
      client.await(SSH_MSG_CHANNEL_FAILURE);
      client.exec(channel, "test -t 0; echo $?${SSH_AUTH_SOCK:+ agent}${DISPLAY:+ display}");
      client.await(SSH_MSG_CHANNEL_SUCCESS);
      assertThat(output(client)).isEqualTo("1\n");
    }
  }

  /** A start that the gateway takes for something unknown would come first at the workspace. */
  @ParameterizedTest
  @ValueSource(strings = {"exec\0", "EXEC", "subsystem\0", "shell\0"})
  void forced_startsByAnotherName_runsTheForcedCommand(String type) {
    try (var client = robot()) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      var hidden = client.request(channel, type, false);
      hidden.putString("echo my own");
      client.send(hidden);
      client.exec(channel, "asked");
      assertThat(output(client)).isEqualTo("forced: asked; lang: \n");
    }
  }

  @Test
  void forced_startsTwice_secondIsRefused() {
    gateway.workspaces().hold();
    try (var client = robot()) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(channel, "asked");
      gateway.workspaces().awaitAsked(1);
      client.exec(channel, "echo my own");
      gateway.workspaces().letGo();
      Poll.until("the session is over", () -> types(client).contains(SSH_MSG_CHANNEL_CLOSE));
      assertThat(types(client))
          .containsSubsequence(SSH_MSG_CHANNEL_SUCCESS, SSH_MSG_CHANNEL_FAILURE)
          .containsOnlyOnce(SSH_MSG_CHANNEL_SUCCESS);
      assertThat(output(client)).isEqualTo("forced: asked; lang: \n");
    } finally {
      gateway.workspaces().reset();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH_ORIGINAL_COMMAND", "SSH_ORIGINAL_COMMAND\0"})
  void forced_clientClaimsAnOriginalCommand_isNotBelieved(String name) {
    try (var client = robot()) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      var env = client.request(channel, "env", true);
      env.putString(name);
      env.putString("a lie");
      client.send(env);
      client.await(SSH_MSG_CHANNEL_FAILURE);
      client.send(client.request(channel, "shell", true));
      assertThat(output(client)).isEqualTo("forced: ; lang: \n");
    }
  }

  /** Git takes commands from GIT_CONFIG_…, and so would a forced git-upload-pack. */
  @Test
  void forced_variables_onlyThoseOfTheLocalePass() {
    try (var client = robot()) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      var git = client.request(channel, "env", true);
      git.putString("GIT_CONFIG_COUNT");
      git.putString("1");
      client.send(git);
      client.await(SSH_MSG_CHANNEL_FAILURE);
      var locale = client.request(channel, "env", true);
      locale.putString("LC_X");
      locale.putString("x");
      client.send(locale);
      client.await(SSH_MSG_CHANNEL_SUCCESS);
      client.exec(channel, "asked");
      assertThat(output(client)).isEqualTo("forced: asked; lang: x\n");
    }
  }

  private static List<Byte> types(RawClient client) {
    return client.received().stream().map(message -> (byte) message.type()).toList();
  }

  private static String output(RawClient client) {
    var data = client.await(SSH_MSG_CHANNEL_DATA).fields();
    data.getUInt();
    return data.getString();
  }
}
