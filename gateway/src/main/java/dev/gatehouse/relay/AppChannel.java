package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A direct-tcpip whose far end is an app, which the gateway itself connects to. It is confirmed
 * when the app has answered. Two virtual threads carry one direction each, until EOF; they block on
 * the app's socket, or wait at a turnstile for the client.
 */
final class AppChannel implements Channel {
  private static final Logger LOG = LoggerFactory.getLogger(AppChannel.class);

  /** How long the app may take for what a client had sent before its CLOSE. */
  private static final long DRAIN_SECONDS = 10;

  private final Relay relay;
  private final long id;
  private final ChannelEnd client;
  private final AppTarget target;
  private final UploadWindow window;
  private final ChannelEnd app = new ChannelEnd(new WindowAccounting(0));
  private final SingleWaiterCondition forClient;
  private final SingleWaiterCondition forApp;
  private @Nullable Socket socket;
  private boolean uploaded;
  private boolean downloaded;
  private boolean gone;
  private boolean closing;

  /**
   * @param window opened
   */
  AppChannel(Relay relay, long id, ChannelEnd client, AppTarget target, UploadWindow window) {
    this.relay = relay;
    this.id = id;
    this.client = client;
    this.target = target;
    this.window = window;
    this.forClient = new SingleWaiterCondition(relay.lock());
    this.forApp = new SingleWaiterCondition(relay.lock());
  }

  void open(AppDial dial) {
    relay.afterwards(() -> Thread.ofVirtual().name("app-" + id).start(() -> dialAndDownload(dial)));
  }

  // ---- the threads, without the lock ----

  private void dialAndDownload(AppDial dial) {
    try {
      var dialled = dial.dial();
      relay.enter(() -> confirm(dialled));
    } catch (FailureException e) {
      relay.enter(() -> refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, e.failure()));
      return;
    } catch (RuntimeException e) {
      LOG.error("[app-broken] the dial of {} failed", target.port(), e);
      var why = new Failure.Broken("app-broken", "the gateway could not connect to the app");
      relay.enter(() -> refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, why));
      return;
    }
    carry(this::download, () -> downloaded = true);
  }

  private interface Direction {
    void carry(Socket socket) throws IOException;
  }

  private void carry(Direction direction, Runnable ended) {
    var connected = socket();
    if (connected.isEmpty()) {
      return;
    }
    try {
      direction.carry(connected.get());
    } catch (IOException e) {
      LOG.debug("the app or the client has gone", e);
    }
    relay.enter(
        () -> {
          ended.run();
          directionEnded();
        });
  }

  private Optional<Socket> socket() {
    synchronized (relay.lock()) {
      return Optional.ofNullable(socket);
    }
  }

  private void download(Socket from) throws IOException {
    var bytes = new byte[Wire.MAX_PACKET];
    var in = from.getInputStream();
    try {
      for (var n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (!send(bytes, n)) {
          return;
        }
      }
    } catch (IOException e) {
      relay.enter(this::abandon);
      throw e;
    }
    relay.enter(this::endDownload);
  }

  /** Answers whether the client takes more. */
  private boolean send(byte[] bytes, int length) {
    for (var done = 0; done < length; ) {
      var from = done;
      int sent = forClient.await(() -> sendSome(bytes, from, length - from));
      relay.enter(() -> {}); // writes it
      if (sent == 0) {
        return false;
      }
      done += sent;
    }
    return true;
  }

  private void upload(Socket to) throws IOException {
    var out = to.getOutputStream();
    for (var bytes = next(); bytes.isPresent(); bytes = next()) {
      var length = bytes.get().available();
      out.write(bytes.get().array(), bytes.get().rpos(), length);
      relay.enter(() -> taken(length));
    }
    to.shutdownOutput();
  }

  /** Empty after the last. */
  private Optional<Buffer> next() {
    return forApp.await(
        () -> {
          var bytes = gone ? null : app.poll();
          return bytes != null || gone || app.ended() ? Optional.ofNullable(bytes) : null;
        });
  }

  // ---- with the lock ----

  private void confirm(Socket dialled) {
    if (gone) {
      relay.afterwards(() -> close(dialled));
      window.close();
    } else if (!relay.destination().keepsApp(target)) {
      relay.afterwards(() -> close(dialled));
      var why = new Failure.Denied("app-withdrawn", "the app is no longer yours to reach");
      refuse(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, why);
    } else {
      socket = dialled;
      app.flow().grantMore(window.size());
      client
          .leg()
          .send(
              Wire.openConfirmation(
                  client.session(), client.number(), id, window.size(), Wire.MAX_PACKET));
      Thread.ofVirtual()
          .name("app-upload-" + id)
          .start(() -> carry(this::upload, () -> uploaded = true));
    }
  }

  private void refuse(int reason, Failure why) {
    window.close();
    if (!gone) {
      Channels.refuse(client.leg(), client.number(), reason, "gatehouse: " + why.line());
      relay.channels().remove(id);
    }
  }

  /** Answers how much was sent: nothing more, if the client has gone, and null if not now. */
  private @Nullable Integer sendSome(byte[] bytes, int from, int length) {
    if (gone || !client.isOpen()) {
      return 0;
    }
    var room = Math.min(client.flow().ownRoom(), client.flow().maxPacket());
    if (room <= 0 || client.leg().congested()) {
      return null;
    }
    var n = (int) Math.min(length, room);
    client.flow().sendOwn(n);
    client
        .leg()
        .send(
            Wire.data(client.session(), client.number(), bytes, from, n),
            () -> {
              client.flow().written(n);
              forClient.signal();
            });
    relay.channels().used(id);
    return n;
  }

  private void taken(int bytes) {
    var grant = window.taken(bytes);
    if (grant > 0 && client.isOpen()) {
      client.leg().send(Wire.windowAdjust(client.session(), client.number(), grant));
      app.flow().grantMore(grant);
    }
  }

  private void endDownload() {
    client.eof();
    client.deliver(() -> {});
  }

  private void directionEnded() {
    if (uploaded && downloaded) {
      window.close();
      client.sendClose();
    }
    closeIfDone();
  }

  /** Behind a CLOSE nobody reads what the app says, but it still gets what the client said. */
  private void closeIfDone() {
    if (uploaded && (downloaded || closing)) {
      closeSocket();
    }
  }

  /** Nothing more is carried in either direction. */
  private void abandon() {
    gone = true;
    client.sendClose();
    forApp.signal();
    forClient.signal();
    closeSocket();
  }

  private void closeSocket() {
    var connected = socket;
    if (connected != null) {
      relay.afterwards(() -> close(connected));
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("the app has gone already", e);
    }
  }

  // ---- Channel ----

  @Override
  public void fromClient(int message, Buffer in) throws Exception {
    if (socket == null) {
      throw RelayedChannel.protocolError("message %d before the confirmation".formatted(message));
    }
    switch (message) {
      case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST -> {
        client.flow().allow(in.getUInt());
        forClient.signal();
      }
      case SshConstants.SSH_MSG_CHANNEL_DATA -> {
        app.data(false, in, () -> {});
        forApp.signal();
      }
      case SshConstants.SSH_MSG_CHANNEL_EOF -> {
        app.eof();
        forApp.signal();
      }
      case SshConstants.SSH_MSG_CHANNEL_CLOSE -> closed();
      case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(in);
      default -> throw RelayedChannel.protocolError("message %d on a tunnel".formatted(message));
    }
  }

  /** What the client sent before goes to the app yet, as from sshd. */
  private void closed() {
    closing = true;
    client.closeReceived();
    client.sendClose();
    relay.channels().remove(id);
    app.eof();
    forApp.signal();
    forClient.signal();
    closeIfDone();
    if (!uploaded) {
      relay.schedule(this::abandon, DRAIN_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** There is none for a tunnel. */
  private void request(Buffer in) {
    in.getString();
    if (in.getBoolean() && client.isOpen()) {
      client
          .leg()
          .send(
              Wire.channel(
                  client.session(), SshConstants.SSH_MSG_CHANNEL_FAILURE, client.number()));
    }
  }

  @Override
  public void fromWorkspace(int message, Buffer in) throws Exception {
    throw RelayedChannel.protocolError("message %d on a tunnel to an app".formatted(message));
  }

  @Override
  public void workspaceLost(Failure why) {}

  @Override
  public void clientLost() {
    client.lost();
    abandon();
  }

  @Override
  public void timedOut(Failure why) {
    if (socket != null) {
      abandon();
    }
  }

  @Override
  public void congestionChanged() {
    forClient.signal();
  }

  @Override
  public void recheck() {
    if (socket != null && !gone && !relay.destination().keepsApp(target)) {
      abandon();
    }
  }
}
