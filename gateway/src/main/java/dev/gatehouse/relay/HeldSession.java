package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits.Requests;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.relay.SessionRequest.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private static final int MAX_SHOWN = 200;

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
  private final Requests limits;
  private int heldBytes;
  private int variables;

  HeldSession(Relay relay, long id, Side client) {
    this.relay = relay;
    this.id = id;
    this.client = client;
    this.limits = relay.destination().limits().requests();
  }

  void confirm() {
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

  @Override
  public void timedOut(Failure why) {
    client.sendClose();
  }

  private void request(Buffer in) throws Exception {
    var type = in.getString();
    var wantReply = in.getBoolean();
    var kind = kind(type);
    if (kind != null) {
      decide(kind, HeldRequest.copy(type, wantReply, in));
      return;
    }
    if (!relay.permissions().allowRequest(type) || (type.equals("env") && isTooMuch(in))) {
      if (wantReply) {
        reply(false);
      }
      return;
    }
    relay.invite(type);
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

  /** More variables than anybody needs, or one too long: it is left out, as sshd does. */
  private boolean isTooMuch(Buffer in) {
    return ++variables > limits.maxEnvironment() || in.available() > limits.maxEnvironmentBytes();
  }

  private void hold(HeldRequest request) throws Exception {
    heldBytes += request.size();
    if (heldBytes > MAX_HELD || held.size() >= limits.maxRequests()) {
      throw RelayedChannel.protocolError("too many requests before shell, exec or subsystem");
    }
    held.add(request);
  }

  private void decide(Kind kind, HeldRequest request) {
    if (request.fields().available() > limits.maxCommandBytes()) {
      begin(kind, request, new Destination.Route.Local(this::tooLong));
      return;
    }
    var command = kind == Kind.SHELL ? "" : command(request.fields());
    var forced = relay.permissions().forcedCommand();
    if (forced.isEmpty()) {
      begin(kind, request, relay.destination().route(new SessionRequest(kind, command)));
      return;
    }
    if (kind != Kind.SHELL) {
      held.add(HeldRequest.variable("SSH_ORIGINAL_COMMAND", command));
    }
    begin(
        Kind.EXEC,
        HeldRequest.exec(forced.get(), request.wantReply()),
        relay.destination().route(new SessionRequest(Kind.EXEC, forced.get())));
  }

  private int tooLong(LocalSession session) throws IOException {
    var line =
        "gatehouse: the command is longer than %d bytes (command-too-long)\n"
            .formatted(limits.maxCommandBytes());
    session.err().write(line.getBytes(StandardCharsets.UTF_8));
    return ExitCode.DATAERR.status();
  }

  private void begin(Kind kind, HeldRequest request, Destination.Route route) {
    relay.channels().describe(id, "session:" + timeoutName(kind), what(kind, request));
    switch (route) {
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

  private static String timeoutName(Kind kind) {
    return kind == Kind.EXEC ? "command" : kind.type();
  }

  /** For who looks at it: the beginning of a command is enough. */
  private static String what(Kind kind, HeldRequest request) {
    var command = kind == Kind.SHELL ? "" : command(request.fields());
    return command.length() <= MAX_SHOWN ? command : command.substring(0, MAX_SHOWN) + "…";
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
