package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Global requests (RFC 4254, 4). Their replies carry no number, so they must go out in the order of
 * the requests, whoever answers. What concerns forwarding goes to the workspace; all else is about
 * the connection itself, which is the gateway's. Guarded by the relay's lock.
 */
final class GlobalRequests {
  private static final class Slot {
    private @Nullable Buffer reply;
  }

  private final Relay relay;
  private final Leg client;
  private final Queue<Slot> owed = new ArrayDeque<>();
  private final Queue<Slot> awaited = new ArrayDeque<>();
  private boolean listening;

  GlobalRequests(Relay relay, Leg client) {
    this.relay = relay;
    this.client = client;
  }

  /** Whether the workspace was asked to listen: those listeners end with the connection to it. */
  boolean listening() {
    return listening;
  }

  void fromClient(Buffer in) {
    var type = in.getString();
    var wantReply = in.getBoolean();
    switch (type) {
      case "tcpip-forward", "streamlocal-forward@openssh.com" -> {
        listening = true;
        toWorkspace(type, wantReply, in);
      }
      case "cancel-tcpip-forward", "cancel-streamlocal-forward@openssh.com" ->
          toWorkspace(type, wantReply, in);
      case "no-more-sessions@openssh.com" -> {
        relay.noMoreSessions();
        answer(wantReply, SshConstants.SSH_MSG_REQUEST_SUCCESS);
      }
      // keepalive@openssh.com is meant to be refused: any answer shows that we are alive.
      default -> answer(wantReply, SshConstants.SSH_MSG_REQUEST_FAILURE);
    }
  }

  /** The workspace's sshd answers the oldest request that it was passed. */
  void replyFromWorkspace(int message, Buffer in) {
    var slot = awaited.poll();
    if (slot != null) {
      var reply = client.session().createBuffer((byte) message, Math.max(in.available(), 1));
      reply.putRawBytes(in.array(), in.rpos(), in.available());
      fill(slot, reply);
    }
  }

  void workspaceLost() {
    for (var slot = awaited.poll(); slot != null; slot = awaited.poll()) {
      fill(slot, bare(SshConstants.SSH_MSG_REQUEST_FAILURE));
    }
  }

  private void toWorkspace(String type, boolean wantReply, Buffer in) {
    var slot = wantReply ? owe() : null;
    var fields = new ByteArrayBuffer(in.getCompactData());
    relay.needWorkspace(
        new Upstream.Waiter() {
          @Override
          public void ready(Leg leg) {
            if (slot != null) {
              awaited.add(slot);
            }
            leg.send(globalRequest(leg, type, wantReply, fields));
          }

          @Override
          public void failed(Failure why) {
            if (slot != null) {
              fill(slot, bare(SshConstants.SSH_MSG_REQUEST_FAILURE));
            }
          }
        });
  }

  private static Buffer globalRequest(Leg leg, String type, boolean wantReply, Buffer fields) {
    var out =
        leg.session()
            .createBuffer(
                SshConstants.SSH_MSG_GLOBAL_REQUEST, type.length() + 8 + fields.available());
    out.putString(type);
    out.putBoolean(wantReply);
    out.putRawBytes(fields.array(), fields.rpos(), fields.available());
    return out;
  }

  private void answer(boolean wantReply, byte message) {
    if (wantReply) {
      fill(owe(), bare(message));
    }
  }

  private Slot owe() {
    var slot = new Slot();
    owed.add(slot);
    return slot;
  }

  private void fill(Slot slot, Buffer reply) {
    slot.reply = reply;
    for (var first = owed.peek(); first != null && first.reply != null; first = owed.peek()) {
      client.send(first.reply);
      owed.remove();
    }
  }

  private Buffer bare(byte message) {
    return client.session().createBuffer(message, 1);
  }
}
