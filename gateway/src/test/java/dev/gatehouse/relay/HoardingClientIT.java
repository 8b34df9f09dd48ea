package dev.gatehouse.relay;

import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_OPEN_RESOURCE_SHORTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Somebody who may log in makes the gateway keep things: requests before the one that decides, and
 * all that waits for a workspace which does not come. Each has an end far below the gateway's
 * memory.
 */
@Isolated("it measures the heap, or time")
class HoardingClientIT {
  private static final int MAX_CHANNELS = 1024;
  private static final int MAX_SESSIONS = 64;

  /** Half of limits.maxPendingBytes. */
  private static final int BUDGET = 8 << 20;

  private static final int LONG = 100_000;

  /** More than any bound that there is. */
  private static final int MANY = 10_000;

  private static StagedGateway gateway;

  @BeforeAll
  static void startGateway() {
    gateway = StagedGateway.start();
  }

  @AfterAll
  static void stopGateway() {
    gateway.close();
  }

  @AfterEach
  void nobodyIsLeft() {
    gateway.workspaces().reset();
    gateway.awaitNobody();
  }

  @Test
  void newSession_floodOfVariables_isLeftOutAndTheSessionGoesOn() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      for (var i = 0; i < 5000; i++) {
        var env = client.request(channel, "env", false);
        env.putString("LC_X");
        env.putString("v".repeat(1000));
        client.push(env);
      }
      client.exec(channel, "echo here");
      client.await(SSH_MSG_CHANNEL_DATA);
    }
  }

  /** A request of no type and without fields once counted nothing, and could be sent for ever. */
  @Test
  void newSession_floodOfEmptyRequests_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(1000);
      flood(client, () -> client.request(channel, "", false));
      client.awaitClosed();
    }
  }

  @Test
  void waitingSession_floodOfEmptyRequests_endsTheConnection() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(1000);
      client.exec(channel, "cat");
      flood(client, () -> client.request(channel, "", false));
      client.awaitClosed();
    }
  }

  /** Nobody was asked yet, so no queue towards the workspace could fill. */
  @Test
  void remoteForwards_floodWhileTheWorkspaceStarts_endsTheConnection() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      flood(client, () -> forward(client, false));
      client.awaitClosed();
    }
  }

  /** Their answers wait behind that to the forward, and not in any queue that is watched. */
  @Test
  void keepalives_floodBehindAForwardThatWaits_endsTheConnection() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      client.send(forward(client, true));
      flood(client, () -> client.globalRequest("keepalive@openssh.com", true));
      client.awaitClosed();
    }
  }

  @Test
  void channels_moreThanAllowed_areRefused() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < MAX_CHANNELS; i++) {
        client.sendOpen("direct-tcpip", 1000, 1000);
      }
      var number = client.sendOpen("direct-tcpip", 1000, 1000);
      var failure = client.await(SSH_MSG_CHANNEL_OPEN_FAILURE).fields();
      assertThat(failure.getUInt()).isEqualTo(number);
      assertThat(failure.getInt()).isEqualTo(SSH_OPEN_RESOURCE_SHORTAGE);
    }
  }

  /** A thousand of them with fields as long as a packet once were 256 MB. */
  @Test
  void opens_longWhileTheWorkspaceStarts_areRefusedWhenTooMuchWaits() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < BUDGET / LONG + 1; i++) {
        var open = client.message(SSH_MSG_CHANNEL_OPEN);
        open.putString("direct-tcpip");
        open.putUInt(i);
        open.putUInt(1000);
        open.putUInt(1000);
        open.putString("h".repeat(LONG));
        client.send(open);
      }
      var failure = client.await(SSH_MSG_CHANNEL_OPEN_FAILURE).fields();
      assertThat(failure.getUInt()).isGreaterThan(BUDGET / LONG - 4);
      assertThat(failure.getInt()).isEqualTo(SSH_OPEN_RESOURCE_SHORTAGE);
      // What was refused is not kept, and what is kept goes when the start has failed.
      gateway.workspaces().fail(new Failure.Unavailable("no-node", "no node is free"));
      isServed(client);
    }
  }

  @Test
  void commands_longWhileTheWorkspaceStarts_areRefusedWhenTooMuchWaits() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < MAX_SESSIONS; i++) {
        client.exec(client.openSession(1000), ":" + " ".repeat(LONG));
      }
      client.await(SSH_MSG_CHANNEL_FAILURE);
      gateway.workspaces().letGo();
      client.await(SSH_MSG_CHANNEL_CLOSE);
    }
  }

  /** Each is as long as it may be, and there are as many as there may be. */
  @Test
  void variables_allThatAreAllowedInManySessions_areLeftOutWhenTooMuchWaits() {
    try (var client = RawClient.login(gateway)) {
      var channel = 0L;
      for (var session = 0; session < 4; session++) {
        channel = client.openSession(RawClient.LARGE_WINDOW);
        for (var i = 0; i < 100; i++) {
          var env = client.request(channel, "env", false);
          env.putString("LC_X");
          env.putString("v".repeat(32_000));
          client.send(env);
        }
      }
      client.exec(channel, "echo ${#LC_X}");
      var data = client.await(SSH_MSG_CHANNEL_DATA).fields();
      data.getUInt();
      assertThat(data.getString()).isEqualTo("0\n");
    }
  }

  /** The window of a session is what the gateway promises to keep, so it shrinks. */
  @Test
  void sessions_openedWithoutEnd_mayTogetherSendNoMoreThanIsKept() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      var granted = 0L;
      for (var i = 0; i < MAX_SESSIONS; i++) {
        client.sendOpen("session", 1000, 1000);
        var confirmation = client.await(SSH_MSG_CHANNEL_OPEN_CONFIRMATION).fields();
        confirmation.getUInt();
        confirmation.getUInt();
        granted += confirmation.getUInt();
      }
      assertThat(granted).isLessThanOrEqualTo(BUDGET);
    }
  }

  @Test
  void sessions_moreThanAllowed_areRefusedAndTheOthersStay() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < MAX_SESSIONS; i++) {
        client.sendOpen("session", 1000, 1000);
      }
      var number = client.sendOpen("session", 1000, 1000);
      var failure = client.await(SSH_MSG_CHANNEL_OPEN_FAILURE).fields();
      assertThat(failure.getUInt()).isEqualTo(number);
      assertThat(failure.getInt()).isEqualTo(SSH_OPEN_RESOURCE_SHORTAGE);
      client.send(client.channelMessage(SSH_MSG_CHANNEL_CLOSE, 0));
      client.await(SSH_MSG_CHANNEL_CLOSE);
      client.sendOpen("session", 1000, 1000);
      client.await(SSH_MSG_CHANNEL_OPEN_CONFIRMATION);
    }
  }

  /** Sessions that ended while the workspace started once kept their number for ever. */
  @Test
  void sessions_givenUpWhileTheWorkspaceStarts_takeNoRoomAfterIt() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < MAX_SESSIONS; i++) {
        client.sendOpen("session", 1000, 1000);
        client.exec(i, "true");
        client.send(client.channelMessage(SSH_MSG_CHANNEL_CLOSE, i));
      }
      gateway.workspaces().awaitAsked(1);
      gateway.workspaces().fail(new Failure.Unavailable("no-node", "no node is free"));
      isServed(client);
    }
  }

  @Test
  void sessions_whoseStartFailed_takeNoRoomAfterIt() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < MAX_SESSIONS; i++) {
        client.sendOpen("session", 1000, 1000);
        client.exec(i, "true");
      }
      gateway.workspaces().awaitAsked(1);
      gateway.workspaces().fail(new Failure.Unavailable("no-node", "no node is free"));
      for (var i = 0; i < MAX_SESSIONS; i++) {
        client.await(SSH_MSG_CHANNEL_CLOSE);
        client.send(client.channelMessage(SSH_MSG_CHANNEL_CLOSE, i));
      }
      isServed(client);
    }
  }

  /** A byte in a message of its own once cost a hundred bytes until somebody took it. */
  @Test
  void waitingSession_dataInSmallPieces_arrivesWhole() {
    gateway.workspaces().hold();
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(channel, "head -c 20000 | sha256sum");
      for (var i = 0; i < 20_000; i++) {
        client.push(client.data(channel, new byte[] {(byte) i}));
        if (i % 64 == 0) {
          client.send(client.message(2));
        }
      }
      gateway.workspaces().letGo();
      var data = client.await(SSH_MSG_CHANNEL_DATA).fields();
      data.getUInt();
      assertThat(data.getString()).startsWith("290c84b9b148f3bc4dc2c6cbc847910f");
    }
  }

  private static void isServed(RawClient client) {
    client.exec(client.openSession(RawClient.LARGE_WINDOW), "echo fine");
    client.await(SSH_MSG_CHANNEL_DATA);
  }

  private static Buffer forward(RawClient client, boolean wantReply) {
    var forward = client.globalRequest("tcpip-forward", wantReply);
    forward.putString("localhost");
    forward.putUInt(0);
    return forward;
  }

  /** Never far ahead of the socket, since the library's own queue gets slow when it is long. */
  private static void flood(RawClient client, Supplier<Buffer> message) {
    for (var i = 0; i < MANY && !client.isClosed(); i++) {
      client.push(message.get());
      if (i % 64 == 0) {
        client.offer(client.message(2), Duration.ofSeconds(10));
      }
    }
  }
}
