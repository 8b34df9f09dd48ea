package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits;
import dev.gatehouse.cluster.Limits.ClientAlive;
import dev.gatehouse.failure.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is only there in name: peers that do not answer, channels that nothing passes through,
 * and a connection without channels. Guarded by the relay's lock.
 */
final class Liveness {
  private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

  /** Towards workspaces, which are near and ours. */
  private static final ClientAlive WORKSPACE_ALIVE = new ClientAlive(Duration.ofSeconds(15), 3);

  private static final long IDLE_LOOK_SECONDS = 1;

  private final Relay relay;
  private final Peer client;
  private final Upstream upstream;
  private final GlobalRequests globalRequests;
  private final Channels channels;
  private final Limits limits;
  private final KeepAlive clientAlive;
  private @Nullable KeepAlive workspaceAlive;

  Liveness(
      Relay relay,
      Peer client,
      Upstream upstream,
      GlobalRequests globalRequests,
      Channels channels) {
    this.relay = relay;
    this.client = client;
    this.upstream = upstream;
    this.globalRequests = globalRequests;
    this.channels = channels;
    this.limits = relay.destination().limits();
    this.clientAlive =
        new KeepAlive(relay::timed, System::nanoTime, limits.clientAlive(), new ClientPeer());
  }

  void start() {
    clientAlive.start();
    if (!limits.channelTimeout().isEmpty() || limits.unusedConnectionTimeout().isPresent()) {
      watchIdle();
    }
  }

  void clientHeard() {
    clientAlive.heard();
  }

  /** The client has gone, and shall not be kept until it would have been asked again. */
  void stop() {
    clientAlive.stop();
    if (workspaceAlive != null) {
      workspaceAlive.stop();
    }
  }

  void workspaceConnected(WorkspaceConnection connection) {
    if (workspaceAlive != null) {
      workspaceAlive.stop();
    }
    workspaceAlive =
        new KeepAlive(
            relay::timed, System::nanoTime, WORKSPACE_ALIVE, new WorkspacePeer(connection));
    workspaceAlive.start();
  }

  void workspaceHeard() {
    if (workspaceAlive != null) {
      workspaceAlive.heard();
    }
  }

  /** ChannelTimeout and UnusedConnectionTimeout of sshd_config(5). */
  private void watchIdle() {
    if (relay.isClosed()) {
      return;
    }
    channels.closeIdle(
        new Failure.Unavailable("channel-timeout", "nothing has passed here for too long"));
    var unused = channels.unusedNanos();
    if (limits.unusedConnectionTimeout().map(t -> unused > t.toNanos()).orElse(false)) {
      relay.afterwards(() -> relay.disconnect("gatehouse: nothing is open on this connection"));
    } else {
      relay.schedule(this::watchIdle, IDLE_LOOK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private final class ClientPeer implements KeepAlive.Peer {
    @Override
    public boolean isThere() {
      return !relay.isClosed();
    }

    @Override
    public boolean isRead() {
      return !relay.isSuspended();
    }

    @Override
    public void ask() {
      globalRequests.askClient();
    }

    @Override
    public void dead() {
      LOG.info("[client-dead] {} has not answered", client.session().getIoSession());
      relay.afterwards(() -> client.session().close(true));
    }
  }

  /** The workspace at the other end of one connection. */
  private final class WorkspacePeer implements KeepAlive.Peer {
    private final WorkspaceConnection connection;

    WorkspacePeer(WorkspaceConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean isThere() {
      return !relay.isClosed() && upstream.uses(connection);
    }

    @Override
    public boolean isRead() {
      return !relay.isSuspended();
    }

    @Override
    public void ask() {
      var peer = upstream.leg();
      if (peer != null) {
        globalRequests.askWorkspace(peer);
      }
    }

    @Override
    public void dead() {
      LOG.warn("[workspace-dead] {} does not answer any more", relay.destination().name());
      relay.afterwards(() -> upstream.cutOff(connection));
    }
  }
}
