package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Global requests (RFC 4254, 4). Their replies carry no number, so they must go out in the order of
 * the requests, whoever answers. What concerns forwarding goes to the workspace; all else is about
 * the connection itself, which is the gateway's. Guarded by the relay's lock.
 */
final class GlobalRequests {
  /** How many may wait for an answer of the workspace, or behind one that does. */
  private static final int MAX_WAITING = 1024;

  /** No host name or socket path is that long. */
  private static final int MAX_FIELDS = 4096;

  /** What it takes to keep one, beside its fields. */
  private static final int OVERHEAD = 256;

  private static final String KEEPALIVE = "keepalive@openssh.com";

  private static final class Slot {
    private @Nullable Buffer reply;
  }

  /** A request that was passed to the workspace; the slot is null if nobody wants its answer. */
  private record Passed(String type, @Nullable Slot slot) {
    /** By how much the number of listeners changes if the workspace agrees. */
    int listeners() {
      return type.equals(KEEPALIVE) ? 0 : type.startsWith("cancel-") ? -1 : 1;
    }
  }

  private final Relay relay;
  private final Peer client;
  private final HostKeyRequests hostKeys;
  private final ByteBudget byteBudget;
  private final Queue<Slot> owed = new ArrayDeque<>();
  private final Queue<Passed> awaited = new ArrayDeque<>();
  private int waitingForStart;
  private int listeners;

  GlobalRequests(Relay relay, Peer client, HostKeyRequests hostKeys, ByteBudget byteBudget) {
    this.relay = relay;
    this.client = client;
    this.hostKeys = hostKeys;
    this.byteBudget = byteBudget;
  }

  /** Whether the workspace listens for the client: that ends with the connection to it. */
  boolean listening() {
    return listeners > 0;
  }

  /** Whether the workspace owes nothing and listens for nobody. */
  boolean isSettled() {
    return listeners == 0 && awaited.isEmpty() && waitingForStart == 0;
  }

  void fromClient(Buffer in) throws SshException {
    if (owed.size() + waitingForStart >= MAX_WAITING || in.available() > MAX_FIELDS) {
      throw RelayedChannel.protocolError("too many or too large global requests");
    }
    var type = in.getString();
    var wantReply = in.getBoolean();
    switch (type) {
      case "tcpip-forward",
          "streamlocal-forward@openssh.com",
          "cancel-tcpip-forward",
          "cancel-streamlocal-forward@openssh.com" ->
          forward(type, wantReply, in);
      case "no-more-sessions@openssh.com" -> {
        relay.channels().noMoreSessions();
        answer(wantReply, SshConstants.SSH_MSG_REQUEST_SUCCESS);
      }
      case "hostkeys-prove-00@openssh.com" -> {
        if (wantReply) {
          var failure = bare(SshConstants.SSH_MSG_REQUEST_FAILURE);
          fill(owe(), hostKeys.prove(in).orElse(failure));
        }
      }
      // keepalive@openssh.com is meant to be refused: any answer shows that we are alive.
      default -> answer(wantReply, SshConstants.SSH_MSG_REQUEST_FAILURE);
    }
  }

  /** The workspace's sshd answers the oldest request that it was passed. */
  void replyFromWorkspace(int message, Buffer in) {
    var passed = awaited.poll();
    if (passed == null) {
      return;
    }
    if (message == SshConstants.SSH_MSG_REQUEST_SUCCESS) {
      listeners = Math.max(listeners + passed.listeners(), 0);
    }
    if (passed.slot != null) {
      var reply = client.session().createBuffer((byte) message, Math.max(in.available(), 1));
      reply.putRawBytes(in.array(), in.rpos(), in.available());
      fill(passed.slot, reply);
    }
  }

  void workspaceLost() {
    for (var passed = awaited.poll(); passed != null; passed = awaited.poll()) {
      if (passed.slot != null) {
        fill(passed.slot, bare(SshConstants.SSH_MSG_REQUEST_FAILURE));
      }
    }
  }

  private void forward(String type, boolean wantReply, Buffer in) throws SshException {
    if (type.startsWith("cancel-") || relay.permissions().allowListen(type, in)) {
      toWorkspace(type, wantReply, in);
    } else {
      answer(wantReply, SshConstants.SSH_MSG_REQUEST_FAILURE);
    }
  }

  /** Asks the workspace's sshd for a sign of life; any answer is one. */
  void askWorkspace(Peer workspace) {
    awaited.add(new Passed(KEEPALIVE, null));
    workspace.send(keepAlive(workspace.session()));
  }

  /** Likewise the client. */
  void askClient() {
    client.send(keepAlive(client.session()));
  }

  private void toWorkspace(String type, boolean wantReply, Buffer in) throws SshException {
    var size = OVERHEAD + in.available();
    if (!byteBudget.take(size)) {
      throw RelayedChannel.protocolError("too much waits for the workspace");
    }
    var slot = wantReply ? owe() : null;
    var fields = new ByteArrayBuffer(in.getCompactData());
    waitingForStart++;
    relay.needWorkspace(
        new Upstream.Waiter() {
          @Override
          public void ready(Peer peer) {
            begun();
            // The workspace always answers, so that we know whether it listens.
            awaited.add(new Passed(type, slot));
            peer.send(globalRequest(peer.session(), type, fields));
          }

          @Override
          public void failed(Failure why) {
            begun();
            if (slot != null) {
              fill(slot, bare(SshConstants.SSH_MSG_REQUEST_FAILURE));
            }
          }

          private void begun() {
            waitingForStart--;
            byteBudget.giveBack(size);
          }
        });
  }

  /** Asks any peer for a sign of life. */
  static Buffer keepAlive(Session to) {
    return globalRequest(to, KEEPALIVE, new ByteArrayBuffer(new byte[0]));
  }

  private static Buffer globalRequest(Session to, String type, Buffer fields) {
    var out =
        to.createBuffer(
            SshConstants.SSH_MSG_GLOBAL_REQUEST, type.length() + 8 + fields.available());
    out.putString(type);
    out.putBoolean(true);
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
