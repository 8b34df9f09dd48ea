package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.relay.SessionRequest.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A session that has not said yet what it is. Only its shell, exec or subsystem request tells
 * whether it goes to the workspace or to a program of the gateway, and clients wait for the answers
 * to what they ask before that: so the gateway opens the session itself, answers, and keeps what
 * comes.
 */
final class HeldSession implements Channel {
  /** What a client may send before anybody reads it. */
  static final long WINDOW = 128 << 10;

  /** What the requests before the deciding one may hold together, in bytes. */
  private static final int MAX_HELD = 256 << 10;

  /** What is answered with success before it is known who will act on it. */
  private static final List<String> KNOWN =
      List.of(
          "pty-req",
          "env",
          "x11-req",
          "auth-agent-req@openssh.com",
          "window-change",
          "signal",
          "break",
          "xon-xoff");

  private final Relay relay;
  private final long id;
  private final Side client;
  private final Side far = new Side(new Flow(WINDOW));
  private final List<HeldRequest> held = new ArrayList<>();
  private int heldBytes;

  HeldSession(Relay relay, long id, Side client) {
    this.relay = relay;
    this.id = id;
    this.client = client;
  }

  void confirm() {
    relay.channels().replace(id, this);
    client
        .leg()
        .send(
            Wire.openConfirmation(client.session(), client.number(), id, WINDOW, Wire.MAX_PACKET));
  }

  @Override
  public void fromClient(int message, Buffer in) throws Exception {
    switch (message) {
      case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST -> client.flow().allow(in.getUInt());
      case SshConstants.SSH_MSG_CHANNEL_DATA -> far.data(false, in, () -> {});
      case SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA -> far.data(true, in, () -> {});
      case SshConstants.SSH_MSG_CHANNEL_EOF -> far.eof();
      case SshConstants.SSH_MSG_CHANNEL_CLOSE -> {
        client.sendClose();
        relay.channels().remove(id);
      }
      case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(in);
      default ->
          throw RelayedChannel.protocolError("message %d on a new session".formatted(message));
    }
  }

  @Override
  public void fromWorkspace(int message, Buffer in) throws Exception {
    throw RelayedChannel.protocolError("message %d on a session of the client".formatted(message));
  }

  @Override
  public void workspaceLost(Failure why) {}

  @Override
  public void clientLost() {}

  private void request(Buffer in) throws Exception {
    var type = in.getString();
    var wantReply = in.getBoolean();
    var kind = kind(type);
    if (kind != null) {
      decide(kind, HeldRequest.copy(type, wantReply, in));
      return;
    }
    var known = KNOWN.contains(type);
    // An unknown request that wants an answer is refused, as by any server that does not know it.
    if (known || !wantReply) {
      hold(HeldRequest.copy(type, isRefusable(type), in));
    }
    if (wantReply) {
      reply(known);
    }
  }

  /** What was promised here and may yet be refused by the workspace, which is then told. */
  private static boolean isRefusable(String type) {
    return type.equals("pty-req") || type.equals("x11-req");
  }

  private static @Nullable Kind kind(String type) {
    return Arrays.stream(Kind.values()).filter(k -> k.type().equals(type)).findFirst().orElse(null);
  }

  private void hold(HeldRequest request) throws Exception {
    heldBytes += request.size();
    if (heldBytes > MAX_HELD) {
      throw RelayedChannel.protocolError("too many requests before shell, exec or subsystem");
    }
    held.add(request);
  }

  private void decide(Kind kind, HeldRequest request) {
    var command = kind == Kind.SHELL ? "" : command(request.fields());
    switch (relay.destination().route(new SessionRequest(kind, command))) {
      case Destination.Route.Workspace() -> {
        var start = new SessionStart(kind, request, held);
        new RelayedSession(relay, id, client, far, start).begin();
      }
      case Destination.Route.Local(var program) -> {
        if (request.wantReply()) {
          reply(true);
        }
        new LocalChannel(relay, id, client, far, held).run(program);
      }
    }
  }

  /** The fields stay unread: they may go to the workspace as they are. */
  private static String command(Buffer fields) {
    var start = fields.rpos();
    var command = fields.getString();
    fields.rpos(start);
    return command;
  }

  private void reply(boolean success) {
    var message =
        success ? SshConstants.SSH_MSG_CHANNEL_SUCCESS : SshConstants.SSH_MSG_CHANNEL_FAILURE;
    client.leg().send(Wire.channel(client.session(), message, client.number()));
  }
}
