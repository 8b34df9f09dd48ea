package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection and its connection to the workspace. RFC 4254's messages come in on the I/O
 * threads of both, are decided on under one lock, queued on the {@link Leg} that they go to, and
 * written after the lock is released.
 */
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /** How many channels one client may have open. */
  private static final int MAX_CHANNELS = 1024;

  /**
   * How many of them may be sessions: each may make us keep something while its workspace starts.
   */
  private static final int MAX_SESSIONS = 64;

  /** Something that is done with the lock held. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  private final Object lock = new Object();
  private final Queue<Runnable> afterwards = new ArrayDeque<>();
  private final Map<Long, Channel> channels = new HashMap<>();
  private final Set<Long> sessions = new HashSet<>();
  private final Destination destination;
  private final Leg client;
  private final Upstream upstream;
  private final GlobalRequests globalRequests;
  private long lastId = -1;
  private boolean noMoreSessions;
  private boolean suspended;
  private boolean closed;

  Relay(AbstractSession session, Destination destination, Dialer dialer) {
    this.destination = destination;
    this.client = new Leg(session, this);
    this.upstream = new Upstream(this, destination, dialer);
    this.globalRequests = new GlobalRequests(this, client);
  }

  // ---- from the outside, without the lock ----

  /** A message of the client's connection; what it throws ends that connection. */
  void fromClient(int message, Buffer in) throws Exception {
    receive(
        () -> {
          switch (message) {
            case SshConstants.SSH_MSG_GLOBAL_REQUEST -> globalRequests.fromClient(in);
            case SshConstants.SSH_MSG_CHANNEL_OPEN -> openFromClient(in);
            case SshConstants.SSH_MSG_REQUEST_SUCCESS, SshConstants.SSH_MSG_REQUEST_FAILURE -> {}
            default -> channel(in, message).fromClient(message, in);
          }
        });
  }

  /** A message of the workspace's connection; what it throws ends that connection. */
  void fromWorkspace(int message, Buffer in) throws Exception {
    receive(
        () -> {
          switch (message) {
            case SshConstants.SSH_MSG_GLOBAL_REQUEST -> globalRequestFromWorkspace(in);
            case SshConstants.SSH_MSG_CHANNEL_OPEN -> openFromWorkspace(in);
            case SshConstants.SSH_MSG_REQUEST_SUCCESS, SshConstants.SSH_MSG_REQUEST_FAILURE ->
                globalRequests.replyFromWorkspace(message, in);
            default -> channel(in, message).fromWorkspace(message, in);
          }
        });
  }

  void workspaceConnected(AbstractSession session) {
    enter(
        () -> {
          if (closed) {
            afterwards(() -> session.close(true));
          } else {
            upstream.connected(session);
          }
        });
  }

  void workspaceClosed(AbstractSession session) {
    enter(
        () -> {
          if (upstream.lost(session)) {
            workspaceLost();
          }
        });
  }

  void clientClosed() {
    enter(
        () -> {
          closed = true;
          new ArrayList<>(channels.values()).forEach(Channel::clientLost);
          channels.clear();
          if (upstream.leg() != null) {
            upstream.leg().finish();
          }
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

  Leg client() {
    return client;
  }

  boolean isClosed() {
    return closed;
  }

  /** Runs something without the lock, when it has been released. */
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  /** Runs a step with the lock held, later. */
  void schedule(Step step, long delay, TimeUnit unit) {
    try {
      var timer = client.session().getFactoryManager().getScheduledExecutorService();
      var _ = timer.schedule(() -> enter(step), delay, unit);
    } catch (RejectedExecutionException e) {
      LOG.debug("the gateway is stopping", e);
    }
  }

  void needWorkspace(Upstream.Waiter waiter) {
    upstream.need(waiter);
  }

  void noMoreSessions() {
    noMoreSessions = true;
  }

  /** A session is now something else: held before, relayed or local from now on. */
  void replace(long id, Channel channel) {
    channels.put(id, channel);
  }

  void remove(long id) {
    channels.remove(id);
    sessions.remove(id);
  }

  void refuseOpen(long number, int reason, String text) {
    client.send(Wire.openFailure(client.session(), number, reason, text));
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
      setReading(client, !congested);
      setReading(workspace, !congested);
    }
  }

  /** A peer has not taken a packet for long although much waits for it. */
  void stalled(Leg leg) {
    var who = leg == client ? "client" : "workspace";
    LOG.warn("[{}-stalled] {} does not read; cut off", who, leg.session());
    afterwards(() -> leg.session().close(true));
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
    for (var action = nextAction(); action != null; action = nextAction()) {
      action.run();
    }
  }

  private @Nullable Leg currentWorkspace() {
    synchronized (lock) {
      return upstream.leg();
    }
  }

  private @Nullable Runnable nextAction() {
    synchronized (lock) {
      return afterwards.poll();
    }
  }

  private static void setReading(@Nullable Leg leg, boolean reading) {
    if (leg == null) {
      return;
    }
    if (reading) {
      leg.resumeRead();
    } else {
      leg.suspendRead();
    }
  }

  private Channel channel(Buffer in, int message) throws Exception {
    var channel = channels.get(in.getUInt());
    if (channel == null) {
      throw RelayedChannel.protocolError("message %d for no channel".formatted(message));
    }
    return channel;
  }

  private void openFromClient(Buffer in) throws Exception {
    var type = in.getString();
    var number = in.getUInt();
    var session = type.equals("session");
    if (channels.size() >= MAX_CHANNELS || (session && sessions.size() >= MAX_SESSIONS)) {
      refuseOpen(number, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many channels");
    } else if (session && noMoreSessions) {
      refuseOpen(
          number, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "no more sessions were asked");
    } else {
      var end = new Side(new Flow(0));
      end.attach(client);
      end.open(number);
      end.flow().open(in.getUInt(), in.getUInt());
      if (session) {
        sessions.add(++lastId);
        new HeldSession(this, lastId, end).confirm();
      } else {
        openAtWorkspace(type, end, in);
      }
    }
  }

  private void openAtWorkspace(String type, Side end, Buffer in) {
    var channel = new RelayedChannel(this, ++lastId, end, new Side(new Flow(0)));
    channels.put(channel.id(), channel);
    var fields = upstream.leg() != null ? in : new ByteArrayBuffer(in.getCompactData());
    upstream.need(
        new Upstream.Waiter() {
          @Override
          public void ready(Leg leg) {
            channel.workspace().attach(leg);
            channel.sendOpen(channel.client(), channel.workspace(), type, fields);
          }

          @Override
          public void failed(Failure why) {
            channel.workspaceLost(why);
          }
        });
  }

  private void openFromWorkspace(Buffer in) throws Exception {
    var type = in.getString();
    var workspace = upstream.leg();
    if (workspace == null || closed) {
      return;
    }
    var end = new Side(new Flow(0));
    end.attach(workspace);
    end.open(in.getUInt());
    end.flow().open(in.getUInt(), in.getUInt());
    if (channels.size() >= MAX_CHANNELS) {
      workspace.send(
          Wire.openFailure(
              workspace.session(),
              end.number(),
              SshConstants.SSH_OPEN_RESOURCE_SHORTAGE,
              "too many channels"));
      return;
    }
    var toClient = new Side(new Flow(0));
    toClient.attach(client);
    var channel = new RelayedChannel(this, ++lastId, toClient, end);
    channels.put(channel.id(), channel);
    channel.sendOpen(end, toClient, type, in);
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
    new ArrayList<>(channels.values()).forEach(c -> c.workspaceLost(why));
    congestionChanged();
    if (globalRequests.listening()) {
      // The client believes that its remote forwards still listen, and cannot be told otherwise.
      afterwards(() -> disconnect(why.line()));
    }
  }

  private void disconnect(String text) {
    try {
      client.session().disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, text);
    } catch (Exception e) {
      LOG.debug("the client has gone already", e);
    }
  }
}
