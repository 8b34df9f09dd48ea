package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import java.util.Locale;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A channel with one end at the client and one at the workspace's sshd. Messages pass as they are,
 * in their order, with the channel number rewritten and windows clamped; so replies, EOF, CLOSE and
 * failure texts are those of the far side.
 */
class RelayedChannel implements Channel {
  private final Relay relay;
  private final long id;
  private final ChannelEnd client;
  private final ChannelEnd workspace;

  RelayedChannel(Relay relay, long id, ChannelEnd client, ChannelEnd workspace) {
    this.relay = relay;
    this.id = id;
    this.client = client;
    this.workspace = workspace;
  }

  final Relay relay() {
    return relay;
  }

  final long id() {
    return id;
  }

  final ChannelEnd client() {
    return client;
  }

  final ChannelEnd workspace() {
    return workspace;
  }

  @Override
  public void fromClient(int message, Buffer in) throws Exception {
    pass(client, workspace, message, in);
  }

  @Override
  public void fromWorkspace(int message, Buffer in) throws Exception {
    pass(workspace, client, message, in);
  }

  @Override
  public void workspaceLost(Failure why) {
    workspace.lost();
    if (client.number() >= 0 && !isConfirmed()) {
      Channels.refuse(
          client.leg(),
          client.number(),
          SshConstants.SSH_OPEN_CONNECT_FAILED,
          "gatehouse: " + why.line());
      client.lost();
    }
    client.sendClose();
    removeIfFinished();
  }

  @Override
  public void clientLost() {
    client.lost();
    workspace.sendClose();
  }

  @Override
  public void timedOut(Failure why) {
    if (isConfirmed()) {
      client.sendClose();
      workspace.sendClose();
      removeIfFinished();
    }
  }

  /** Asks the other side to open what {@code from} asked us to open. */
  final void sendOpen(ChannelEnd from, ChannelEnd to, String type, Buffer fields) {
    to.leg()
        .send(
            Wire.open(
                to.session(), type, id, from.flow().grantAll(), from.flow().maxPacket(), fields));
  }

  /** The receiver {@code to} may take more: the sender is told, if it is worth a message. */
  final void grant(ChannelEnd to, ChannelEnd from) {
    if (from.isOpen()) {
      var bytes = to.flow().grant();
      if (bytes > 0) {
        from.leg().send(Wire.windowAdjust(from.session(), from.number(), bytes));
      }
    }
  }

  final void deliver(ChannelEnd to, ChannelEnd from) {
    to.deliver(() -> grant(to, from));
  }

  final void removeIfFinished() {
    if (client.finished() && workspace.finished()) {
      relay.channels().remove(id);
    }
  }

  /** Whether both ends are known, so that any message may pass. */
  final boolean isConfirmed() {
    return client.number() >= 0 && workspace.number() >= 0;
  }

  void confirmed(ChannelEnd from, ChannelEnd to, Buffer in) throws Exception {
    openedBy(from, in);
    var confirmation =
        Wire.openConfirmation(
            to.session(), to.number(), id, from.flow().grantAll(), from.flow().maxPacket());
    confirmation.putRawBytes(in.array(), in.rpos(), in.available());
    to.leg().send(confirmation);
  }

  /** Reads the fields by which {@code from} confirms: its number, window and packet size. */
  final void openedBy(ChannelEnd from, Buffer in) throws Exception {
    from.open(in.getUInt());
    from.flow().open(in.getUInt(), in.getUInt());
  }

  void refused(ChannelEnd to, Buffer in) throws Exception {
    to.leg()
        .send(
            Wire.channel(to.session(), SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE, to.number(), in));
    relay.channels().remove(id);
  }

  void request(ChannelEnd to, Buffer in) throws Exception {
    forward(to, SshConstants.SSH_MSG_CHANNEL_REQUEST, in);
  }

  void reply(ChannelEnd to, int message) throws Exception {
    if (to.number() < 0) {
      throw protocolError("a reply before the confirmation");
    }
    if (to.isOpen()) {
      to.leg().send(Wire.channel(to.session(), message, to.number()));
    }
  }

  /** {@code from} sends no more data. */
  void eof(ChannelEnd from, ChannelEnd to) {
    to.eof();
    deliver(to, from);
  }

  void close(ChannelEnd from, ChannelEnd to) {
    from.closeReceived();
    to.sendClose();
    removeIfFinished();
  }

  private void pass(ChannelEnd from, ChannelEnd to, int message, Buffer in) throws Exception {
    switch (message) {
      case SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION -> {
        mustBeAsked(from);
        confirmed(from, to, in);
      }
      case SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE -> {
        mustBeAsked(from);
        refused(to, in);
      }
      case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST -> {
        from.flow().allow(in.getUInt());
        deliver(from, to);
        grant(from, to);
      }
      case SshConstants.SSH_MSG_CHANNEL_DATA -> data(from, to, false, in);
      case SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA -> data(from, to, true, in);
      case SshConstants.SSH_MSG_CHANNEL_EOF -> eof(from, to);
      case SshConstants.SSH_MSG_CHANNEL_CLOSE -> close(from, to);
      case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(to, in);
      case SshConstants.SSH_MSG_CHANNEL_SUCCESS, SshConstants.SSH_MSG_CHANNEL_FAILURE ->
          reply(to, message);
      default -> throw protocolError("message %d on a channel".formatted(message));
    }
  }

  /** Only who was asked to open the channel can confirm or refuse, and only once. */
  private static void mustBeAsked(ChannelEnd from) throws SshException {
    if (from.number() >= 0) {
      throw protocolError("an answer to an open that is not open");
    }
  }

  private void data(ChannelEnd from, ChannelEnd to, boolean extended, Buffer in) throws Exception {
    to.data(extended, in, () -> grant(to, from));
  }

  private static void forward(ChannelEnd to, int message, Buffer in) {
    if (to.isOpen()) {
      to.leg().send(Wire.channel(to.session(), message, to.number(), in));
    }
  }

  static SshException protocolError(String what) {
    return new SshException(
        SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, what.toLowerCase(Locale.ROOT));
  }
}
