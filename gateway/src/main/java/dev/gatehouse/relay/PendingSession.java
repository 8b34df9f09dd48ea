package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits.Requests;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.relay.SessionRequest.Kind;
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
final class PendingSession implements Channel {
  /** What a client may send before anybody reads it, if it has not sent much elsewhere. */
  static final long WINDOW = 128 << 10;

  /** What sshd_config(5), ForceCommand, says for its own SFTP server; it is no program. */
  private static final String INTERNAL_SFTP = "internal-sftp";

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
  private final ChannelEnd client;
  private final long window;
  private final ChannelEnd far;
  private final List<HeldRequest> held = new ArrayList<>();
  private final Requests limits;
  private int variables;

  /**
   * @param window what the client may send before anybody reads it
   */
  PendingSession(Relay relay, long id, ChannelEnd client, long window) {
    this.relay = relay;
    this.id = id;
    this.client = client;
    this.window = window;
    this.far = new ChannelEnd(new WindowAccounting(window));
    this.limits = relay.destination().limits().requests();
  }

  void confirm() {
    client
        .leg()
        .send(
            Wire.openConfirmation(client.session(), client.number(), id, window, Wire.MAX_PACKET));
  }

  @Override
  public void fromClient(int message, Buffer in) throws Exception {
    if (message == SshConstants.SSH_MSG_CHANNEL_CLOSE) {
      client.sendClose();
      relay.channels().remove(id);
    } else if (client.isOpen()) {
      receive(message, in);
    } // else it was on its way when we closed
  }

  private void receive(int message, Buffer in) throws Exception {
    switch (message) {
      case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST -> client.flow().allow(in.getUInt());
      case SshConstants.SSH_MSG_CHANNEL_DATA -> far.data(false, in, () -> {});
      case SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA -> far.data(true, in, () -> {});
      case SshConstants.SSH_MSG_CHANNEL_EOF -> far.eof();
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
    // An unknown request that wants an answer is refused, as by any server that does not know it.
    var kept =
        isGranted(type, in)
            && (KNOWN.contains(type) || !wantReply)
            && hold(HeldRequest.copy(type, isRefusable(type), in));
    if (kept) {
      relay.invite(type);
    }
    if (wantReply) {
      reply(kept);
    }
  }

  private boolean isGranted(String type, Buffer in) {
    return relay.permissions().allowRequest(type) && (!type.equals("env") || isFitting(in));
  }

  /** What was promised here and may yet be refused by the workspace, which is then told. */
  private static boolean isRefusable(String type) {
    return type.equals("pty-req") || type.equals("x11-req");
  }

  private static @Nullable Kind kind(String type) {
    return Arrays.stream(Kind.values()).filter(k -> k.type().equals(type)).findFirst().orElse(null);
  }

  /** More variables than anybody needs, or one too long, are left out, as sshd does. */
  private boolean isFitting(Buffer in) {
    var start = in.rpos();
    var name = in.getString();
    in.rpos(start);
    return relay.permissions().allowVariable(name)
        && ++variables <= limits.maxEnvironment()
        && in.available() - 2 * Integer.BYTES <= limits.maxEnvironmentBytes();
  }

  /** Answers whether there is room for it. */
  private boolean hold(HeldRequest request) throws Exception {
    if (held.size() >= limits.maxRequests()) {
      throw RelayedChannel.protocolError("too many requests before shell, exec or subsystem");
    }
    return relay.channels().charge(id, request.size()) && held.add(request);
  }

  private void decide(Kind kind, HeldRequest request) throws Exception {
    var command = kind == Kind.SHELL ? new byte[0] : request.text();
    var forced = relay.permissions().forcedCommand();
    if (command.length > limits.maxCommandBytes()) {
      begin(kind, "", request, refusal(tooLong(), ExitCode.DATAERR));
    } else if (forced.isPresent()) {
      force(forced.get(), kind, command, request.wantReply());
    } else {
      start(kind, kind, new String(command, StandardCharsets.UTF_8), request);
    }
  }

  /** Something else begins than what was asked for, which becomes a variable of it. */
  private void force(String forced, Kind asked, byte[] command, boolean wantReply)
      throws Exception {
    if (asked != Kind.SHELL && !hold(HeldRequest.variable(Permissions.ORIGINAL_COMMAND, command))) {
      refuse(wantReply);
    } else if (!forced.equals(INTERNAL_SFTP)) {
      var kind = asked == Kind.SUBSYSTEM ? asked : Kind.EXEC;
      start(kind, Kind.EXEC, forced, HeldRequest.start(Kind.EXEC, forced, wantReply));
    } else if (asked == Kind.SUBSYSTEM) {
      start(asked, asked, "sftp", HeldRequest.start(asked, "sftp", wantReply));
    } else {
      begin(
          asked,
          forced,
          HeldRequest.start(asked, "", wantReply),
          refusal(new Failure.Denied("sftp-only", "this login is for sftp only"), ExitCode.NOPERM));
    }
  }

  /**
   * @param kind how it is seen by who asked
   * @param begun what really begins
   */
  private void start(Kind kind, Kind begun, String command, HeldRequest request) {
    if (relay.channels().charge(id, request.size())) {
      var route = relay.destination().route(new SessionRequest(begun, command));
      begin(kind, command, request, route);
    } else {
      refuse(request.wantReply());
    }
  }

  private void begin(Kind kind, String command, HeldRequest request, Destination.Route route) {
    relay.channels().describe(id, "session:" + timeoutName(kind), command);
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

  private Failure tooLong() {
    return new Failure.Denied(
        "command-too-long",
        "the command is longer than %d bytes".formatted(limits.maxCommandBytes()));
  }

  private static Destination.Route refusal(Failure why, ExitCode exit) {
    return new Destination.Route.Local(
        session -> {
          var line = "gatehouse: %s\n".formatted(why.line());
          session.err().write(line.getBytes(StandardCharsets.UTF_8));
          return exit.status();
        });
  }

  private static String timeoutName(Kind kind) {
    return kind == Kind.EXEC ? "command" : kind.type();
  }

  private void refuse(boolean wantReply) {
    if (wantReply) {
      reply(false);
    }
  }

  private void reply(boolean success) {
    var message =
        success ? SshConstants.SSH_MSG_CHANNEL_SUCCESS : SshConstants.SSH_MSG_CHANNEL_FAILURE;
    client.leg().send(Wire.channel(client.session(), message, client.number()));
  }
}
