package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.text.SafeText;
import dev.gatehouse.workspace.Endpoint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection and its connection to the workspace. RFC 4254's messages come in on the I/O
 * threads of both, are decided on under one lock, queued on the {@link Peer} that they go to, and
 * written after the lock is released.
 */
final class Relay implements RelayHandle {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /** Something that is done with the lock held. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /** Together two seconds: the kubelet's word of a container that has died takes about one. */
  private static final int LOSS_LOOKS = 10;

  /** One second: a program that its person has killed is not to seem to hang. */
  private static final int END_LOOKS = 5;

  private final Object lock = new Object();
  private final Queue<Runnable> afterwards = new ArrayDeque<>();
  private final Destination destination;
  private final Permissions permissions;
  private final Peer client;
  private final Liveness liveness;
  private final Upstream upstream;
  private final HostKeyRequests hostKeys;
  private final GlobalRequests globalRequests;
  private final Channels channels;
  private final LossReasons reasons;
  private boolean suspended;
  private boolean closed;
  private long bytesIn;

  Relay(
      AbstractSession session,
      Destination destination,
      WarmConnections<WorkspaceConnection> connections,
      HostKeyProofs hostKeys) {
    this.destination = destination;
    this.permissions = new Permissions(destination.restrictions());
    this.client = new Peer(session, this);
    this.upstream = new Upstream(this, destination, connections);
    this.hostKeys = new HostKeyRequests(hostKeys, client);
    var byteBudget = new ByteBudget(destination.limits().maxPendingBytes() / 2);
    this.globalRequests = new GlobalRequests(this, client, this.hostKeys, byteBudget);
    this.channels = new Channels(this, client, upstream, byteBudget);
    this.reasons = new LossReasons(this, destination);
    this.liveness = new Liveness(this, client, upstream, globalRequests, channels);
  }

  /**
   * Begins to watch over the client, to tell it of the host keys, and to connect to its workspace
   * if that runs: both take as long as the client takes to ask for its first session. MINA asks for
   * this service when it has encrypted USERAUTH_SUCCESS and not yet sent it: what this thread wrote
   * now would overtake it and could not be decrypted. So the announcement is another thread's,
   * which the sender's lock keeps waiting, and it comes last, when nothing here can find it in the
   * queue.
   */
  void start() {
    enter(liveness::start);
    schedule(
        () -> {
          hostKeys.announce();
          afterwards(upstream::prepare);
        },
        0,
        TimeUnit.SECONDS);
  }

  @Override
  public ConnectionStatus status() {
    synchronized (lock) {
      return new ConnectionStatus(bytesIn, client.bytes(), channels.status());
    }
  }

  @Override
  public int tell(String line) {
    var told = new int[1];
    enter(() -> told[0] = channels.tell(line));
    return told[0];
  }

  @Override
  public void workspaceEnds(Failure why) {
    enter(
        () -> {
          channels.workspaceEnds(why);
          reasons.known(why);
        });
  }

  @Override
  public void recheckApps() {
    enter(channels::recheck);
  }

  @Override
  public void end(String reason) {
    enter(
        () -> {
          var line = "gatehouse: " + SafeText.line(reason);
          channels.tell(line);
          afterwards(() -> disconnect(line));
        });
  }

  // ---- from the outside, without the lock ----

  /** A message of the client's connection; what it throws ends that connection. */
  void fromClient(int message, Buffer in) throws Exception {
    receive(
        () -> {
          liveness.clientHeard();
          bytesIn += in.available();
          // Before all else, so that the shortest session ends after the client has its proofs.
          hostKeys.announce();
          switch (message) {
            case SshConstants.SSH_MSG_GLOBAL_REQUEST -> globalRequests.fromClient(in);
            case SshConstants.SSH_MSG_CHANNEL_OPEN -> channels.openFromClient(in);
            case SshConstants.SSH_MSG_REQUEST_SUCCESS, SshConstants.SSH_MSG_REQUEST_FAILURE -> {}
            default -> channels.find(in, message).fromClient(message, in);
          }
        });
  }

  /** A message of the workspace's connection; what it throws ends that connection. */
  void fromWorkspace(int message, Buffer in) throws Exception {
    receive(
        () -> {
          if (closed) {
            return; // on its way when the client went, for channels that went with it
          }
          liveness.workspaceHeard();
          switch (message) {
            case SshConstants.SSH_MSG_GLOBAL_REQUEST -> globalRequestFromWorkspace(in);
            case SshConstants.SSH_MSG_CHANNEL_OPEN -> channels.openFromWorkspace(in);
            case SshConstants.SSH_MSG_REQUEST_SUCCESS, SshConstants.SSH_MSG_REQUEST_FAILURE ->
                globalRequests.replyFromWorkspace(message, in);
            default -> channels.find(in, message).fromWorkspace(message, in);
          }
        });
  }

  void workspaceConnected(WorkspaceConnection connection) {
    enter(
        () -> {
          if (closed) {
            afterwards(() -> upstream.handOn(connection));
          } else {
            upstream.connected(connection);
            liveness.workspaceConnected(connection);
          }
        });
  }

  void workspaceClosed(WorkspaceConnection connection) {
    enter(
        () -> {
          if (upstream.lost(connection)) {
            workspaceLost();
          }
        });
  }

  void clientClosed() {
    enter(
        () -> {
          closed = true;
          liveness.stop();
          var settled = !suspended && channels.areSettled() && globalRequests.isSettled();
          channels.clientLost();
          upstream.finish(settled);
        });
  }

  /** Runs a step with the lock held, then writes what it queued. */
  void enter(Step step) {
    try {
      synchronized (lock) {
        step.run();
      }
    } catch (Exception e) {
      LOG.error("[relay-broken] a connection is closed", e);
      client.session().close(true);
    }
    settle();
  }

  // ---- for the parts of a relay ----

  Object lock() {
    return lock;
  }

  Destination destination() {
    return destination;
  }

  Permissions permissions() {
    return permissions;
  }

  Channels channels() {
    return channels;
  }

  /** Runs something without the lock, when it has been released. */
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  /** Runs a step with the lock held, later. */
  void schedule(Step step, long delay, TimeUnit unit) {
    var _ = timed(step, delay, unit);
  }

  /** The same for what may be called off: until its time comes it keeps all of the relay. */
  Future<?> timed(Step step, long delay, TimeUnit unit) {
    try {
      var timer = client.session().getFactoryManager().getScheduledExecutorService();
      if (timer != null) { // MINA has none once it stops
        return timer.schedule(() -> enter(step), delay, unit);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("the gateway is stopping", e);
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Whether the client has gone. */
  boolean isClosed() {
    return closed;
  }

  /** Whether nothing is read from either, since too much waits to be written. */
  boolean isSuspended() {
    return suspended;
  }

  /** Whether the workspace listens for the client. */
  boolean listening() {
    return globalRequests.listening();
  }

  /** A session has asked for something by which the workspace may open channels of its own. */
  void invite(String request) {
    switch (request) {
      case "auth-agent-req@openssh.com" -> channels.invite("auth-agent@openssh.com");
      case "x11-req" -> channels.invite("x11");
      default -> {}
    }
  }

  /** Where the workspace runs that this is connected to. Takes the lock. */
  Optional<Endpoint> workspaceEndpoint() {
    synchronized (lock) {
      return upstream.endpoint();
    }
  }

  void needWorkspace(Upstream.Waiter waiter) {
    upstream.need(waiter);
  }

  /**
   * Reading stops on both sides while too much waits to be written on either: what arrives could
   * only add to it.
   */
  void congestionChanged() {
    var workspace = upstream.leg();
    var congested = client.congested() || (workspace != null && workspace.congested());
    if (congested != suspended) {
      suspended = congested;
      read(!congested);
    }
    channels.congestionChanged();
  }

  private void read(boolean wanted) {
    client.read(wanted);
    var workspace = upstream.leg();
    if (workspace != null) {
      workspace.read(wanted);
    }
  }

  /** A peer has not taken a packet for long although much waits for it. */
  void stalled(Peer peer) {
    var who = peer == client ? "client" : "workspace";
    LOG.warn("[{}-stalled] {} does not read; cut off", who, peer.session());
    afterwards(() -> peer.session().close(true));
  }

  /** A message whose fields do not fit it is an error of its sender's. */
  private void receive(Step step) throws Exception {
    try {
      synchronized (lock) {
        step.run();
      }
    } catch (BufferException e) {
      throw new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "malformed message", e);
    }
    settle();
  }

  private void settle() {
    client.flush();
    var workspace = currentWorkspace();
    if (workspace != null) {
      workspace.flush();
    }
    readForNewKeys();
    for (var action = nextAction(); action != null; action = nextAction()) {
      action.run();
    }
  }

  /** A write may have begun an exchange of keys, or the last message ended one. */
  private void readForNewKeys() {
    synchronized (lock) {
      if (suspended) {
        read(false);
      }
    }
  }

  private @Nullable Peer currentWorkspace() {
    synchronized (lock) {
      return upstream.leg();
    }
  }

  private @Nullable Runnable nextAction() {
    synchronized (lock) {
      return afterwards.poll();
    }
  }

  /**
   * What the workspace says of its connection, its host keys foremost, is not the client's affair.
   */
  private void globalRequestFromWorkspace(Buffer in) {
    in.getString();
    var wantReply = in.getBoolean();
    var workspace = upstream.leg();
    if (wantReply && workspace != null) {
      workspace.send(workspace.session().createBuffer(SshConstants.SSH_MSG_REQUEST_FAILURE, 1));
    }
  }

  private void workspaceLost() {
    var why =
        new Failure.Unavailable(
            "workspace-lost", "the connection to %s was lost".formatted(destination.name()));
    globalRequests.workspaceLost();
    channels.workspaceLost(why);
    congestionChanged();
    if (globalRequests.listening()) {
      // The client believes that its remote forwards still listen, and cannot be told otherwise.
      whenLossIsKnown(why, known -> afterwards(() -> disconnect(known.line())));
    }
  }

  /**
   * Runs a step with the reason why the workspace was lost.
   *
   * @param usual if the platform says nothing in time
   */
  void whenLossIsKnown(Failure usual, Consumer<Failure> step) {
    reasons.await(LOSS_LOOKS, why -> step.accept(why.orElse(usual)));
  }

  /** The same for a program that may have ended by itself: with none if it has. */
  void whenEndIsKnown(Consumer<Optional<Failure>> step) {
    reasons.await(END_LOOKS, step);
  }

  /** Ends the client's connection, with a reason. */
  void disconnect(String text) {
    try {
      client.session().disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, text);
    } catch (Exception e) {
      LOG.debug("the client has gone already", e);
    }
  }
}
