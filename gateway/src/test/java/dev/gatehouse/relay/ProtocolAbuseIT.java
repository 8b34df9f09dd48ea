package dev.gatehouse.relay;

import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_EOF;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_REQUEST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_SUCCESS;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody who may log in breaks the protocol: their connection ends with a protocol error, and
 * nothing else happens.
 */
class ProtocolAbuseIT {
  private static final String PROTOCOL_ERROR = "2: Protocol error or corrupt packet";
  private static final long NO_CHANNEL = 4711;

  /** It lives as long as the connection, and gives nobody more window. */
  private static final String NOT_READING = "echo up; while kill -0 $PPID; do sleep 0.1; done";

  private static StagedGateway gateway;

  @BeforeAll
  static void startGateway() {
    gateway = StagedGateway.start();
  }

  @AfterAll
  static void othersAreServed() {
    try (var other = RawClient.login(gateway)) {
      var channel = other.openSession(RawClient.LARGE_WINDOW);
      other.exec(channel, "echo fine");
      var data = other.await(SSH_MSG_CHANNEL_DATA).fields();
      data.getUInt();
      assertThat(data.getString()).isEqualTo("fine\n");
    } finally {
      gateway.close();
    }
  }

  @AfterEach
  void nobodyIsLeft() {
    gateway.workspaces().reset();
    gateway.awaitNobody();
  }

  /** What is done on a session: before its exec, while the workspace starts, and when it runs. */
  static Stream<Arguments> abuses() {
    return Stream.of(
        abuse(
            "window adjust beyond 2^32-1",
            (client, channel) -> client.push(client.windowAdjust(channel, 0xffffffffL))),
        abuse(
            "data that says it is longer",
            (client, channel) -> {
              var data = client.channelMessage(SSH_MSG_CHANNEL_DATA, channel);
              data.putUInt(0xffffffffL);
              data.putRawBytes("short".getBytes(StandardCharsets.UTF_8));
              client.push(data);
            }),
        abuse(
            "data that says it is shorter",
            (client, channel) -> {
              var data = client.channelMessage(SSH_MSG_CHANNEL_DATA, channel);
              data.putUInt(1);
              data.putRawBytes("longer".getBytes(StandardCharsets.UTF_8));
              client.push(data);
            }),
        abuse(
            "data without length",
            (client, channel) -> client.push(client.channelMessage(SSH_MSG_CHANNEL_DATA, channel))),
        abuse(
            "a confirmation of the server's own",
            (client, channel) -> {
              var confirmation = client.channelMessage(SSH_MSG_CHANNEL_OPEN_CONFIRMATION, channel);
              confirmation.putUInt(1);
              confirmation.putUInt(1000);
              confirmation.putUInt(1000);
              client.push(confirmation);
            }),
        abuse(
            "a refusal of what is open",
            (client, channel) -> {
              var refusal = client.channelMessage(SSH_MSG_CHANNEL_OPEN_FAILURE, channel);
              refusal.putUInt(1);
              refusal.putString("no");
              refusal.putString("");
              client.push(refusal);
            }));
  }

  private static Arguments abuse(String what, BiConsumer<RawClient, Long> abuse) {
    return Arguments.of(what, abuse);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("abuses")
  void newSession_isAbused_connectionEnds(String what, BiConsumer<RawClient, Long> abuse) {
    try (var client = RawClient.login(gateway)) {
      abuse.accept(client, client.openSession(RawClient.LARGE_WINDOW * 63));
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("abuses")
  void waitingSession_isAbused_connectionEnds(String what, BiConsumer<RawClient, Long> abuse) {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW * 63);
      client.exec(channel, "cat");
      gateway.workspaces().awaitAsked(1);
      abuse.accept(client, channel);
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("abuses")
  void runningSession_isAbused_connectionEnds(String what, BiConsumer<RawClient, Long> abuse) {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW * 63);
      client.exec(channel, NOT_READING);
      client.await(SSH_MSG_CHANNEL_DATA);
      abuse.accept(client, channel);
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  /** The farewell may be lost, since more is on its way when the gateway hangs up. */
  @Test
  void newSession_moreDataThanTheWindow_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      sendTooMuch(client, client.openSession(RawClient.LARGE_WINDOW));
      client.awaitClosed();
    }
  }

  @Test
  void runningSession_moreDataThanTheWindow_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(channel, NOT_READING);
      client.await(SSH_MSG_CHANNEL_DATA);
      sendTooMuch(client, channel);
      client.awaitClosed();
    }
  }

  private static void sendTooMuch(RawClient client, long channel) {
    for (var i = 0; i < 200; i++) {
      client.push(client.data(channel, new byte[32000]));
    }
  }

  @Test
  void newSession_requestWithoutType_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.push(client.channelMessage(SSH_MSG_CHANNEL_REQUEST, channel));
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void newSession_requestWhoseTypeIsTooLong_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      var request = client.channelMessage(SSH_MSG_CHANNEL_REQUEST, channel);
      request.putUInt(0x7fffffffL);
      client.push(request);
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  /** Requests pass unread; the workspace's sshd hangs up on this one, and so it is lost. */
  @Test
  void runningSession_requestWithoutType_costsTheWorkspaceConnectionOnly() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(channel, NOT_READING);
      client.await(SSH_MSG_CHANNEL_DATA);
      client.push(client.channelMessage(SSH_MSG_CHANNEL_REQUEST, channel));
      var status = client.await(SSH_MSG_CHANNEL_REQUEST).fields();
      status.getUInt();
      assertThat(status.getString()).isEqualTo("exit-status");
      status.getBoolean();
      assertThat(status.getUInt()).isEqualTo(255);
      client.exec(client.openSession(RawClient.LARGE_WINDOW), "echo again");
      client.await(SSH_MSG_CHANNEL_DATA);
    }
  }

  static Stream<Arguments> strays() {
    return Stream.of(
            SSH_MSG_CHANNEL_OPEN_CONFIRMATION,
            SSH_MSG_CHANNEL_OPEN_FAILURE,
            SSH_MSG_CHANNEL_WINDOW_ADJUST,
            SSH_MSG_CHANNEL_DATA,
            SSH_MSG_CHANNEL_EOF,
            SSH_MSG_CHANNEL_CLOSE,
            SSH_MSG_CHANNEL_REQUEST,
            SSH_MSG_CHANNEL_SUCCESS,
            SSH_MSG_CHANNEL_FAILURE)
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("strays")
  void message_forNoChannel_endsTheConnection(byte type) {
    try (var client = RawClient.login(gateway)) {
      client.push(client.channelMessage(type, NO_CHANNEL));
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void request_onAClosedSession_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.send(client.channelMessage(SSH_MSG_CHANNEL_CLOSE, channel));
      client.await(SSH_MSG_CHANNEL_CLOSE);
      client.push(client.request(channel, "shell", true));
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void open_maximumPacketIsZero_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      client.pushOpen("session", RawClient.LARGE_WINDOW, 0);
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  static Stream<Arguments> answersToOwnOpen() {
    return Stream.of(
        answer(client -> client.push(client.channelMessage(SSH_MSG_CHANNEL_SUCCESS, 0))),
        answer(client -> client.push(client.data(0, new byte[10]))),
        answer(
            client -> {
              var refusal = client.channelMessage(SSH_MSG_CHANNEL_OPEN_FAILURE, 0);
              refusal.putUInt(1);
              refusal.putString("no");
              refusal.putString("");
              client.push(refusal);
            }),
        answer(
            client -> {
              var confirmation = client.channelMessage(SSH_MSG_CHANNEL_OPEN_CONFIRMATION, 0);
              confirmation.putUInt(0);
              confirmation.putUInt(1000);
              confirmation.putUInt(1000);
              client.push(confirmation);
            }));
  }

  private static Arguments answer(Consumer<RawClient> answer) {
    return Arguments.of(answer);
  }

  /** A channel that the client asked for and that nobody has confirmed has no number for it yet. */
  @ParameterizedTest
  @MethodSource("answersToOwnOpen")
  void openInProgress_isAnsweredByTheClientItself_endsTheConnection(Consumer<RawClient> answer) {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      var open = client.message(SSH_MSG_CHANNEL_OPEN);
      open.putString("direct-tcpip");
      open.putUInt(0);
      open.putUInt(1000);
      open.putUInt(1000);
      open.putString("127.0.0.1");
      open.putUInt(9);
      open.putString("127.0.0.1");
      open.putUInt(9);
      client.send(open);
      gateway.workspaces().awaitAsked(1);
      answer.accept(client);
      assertThat(client.awaitClosed()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void unknownMessageType_isUnimplementedAndNoMore() {
    try (var client = RawClient.login(gateway)) {
      client.push(client.channelMessage(110, 0));
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(channel, "true");
      client.await(SSH_MSG_CHANNEL_SUCCESS);
    }
  }
}
