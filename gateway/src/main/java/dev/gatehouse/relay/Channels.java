package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The channels of a relay. A channel has one number of ours, by which both the client and the
 * workspace know it. Guarded by the relay's lock.
 */
final class Channels {
  /** How many channels one client may have open. */
  private static final int MAX_CHANNELS = 1024;

  /**
   * How many of them may be sessions: each may make us keep something while its workspace starts.
   */
  private static final int MAX_SESSIONS = 64;

  private static final String SESSION = "session";

  private final Relay relay;
  private final Leg client;
  private final Upstream upstream;
  private final Map<Long, Channel> byId = new HashMap<>();
  private final Set<Long> sessions = new HashSet<>();
  private long lastId = -1;
  private boolean noMoreSessions;

  Channels(Relay relay, Leg client, Upstream upstream) {
    this.relay = relay;
    this.client = client;
    this.upstream = upstream;
  }

  /** The channel that a message is for; its number is read. */
  Channel find(Buffer in, int message) throws SshException {
    var channel = byId.get(in.getUInt());
    if (channel == null) {
      throw RelayedChannel.protocolError("message %d for no channel".formatted(message));
    }
    return channel;
  }

  /** A session is now something else: held before, relayed or local from now on. */
  void replace(long id, Channel channel) {
    byId.put(id, channel);
  }

  void remove(long id) {
    byId.remove(id);
    sessions.remove(id);
  }

  /** The client has given up the right to open sessions (no-more-sessions@openssh.com). */
  void noMoreSessions() {
    noMoreSessions = true;
  }

  void clientLost() {
    new ArrayList<>(byId.values()).forEach(Channel::clientLost);
    byId.clear();
  }

  void workspaceLost(Failure why) {
    new ArrayList<>(byId.values()).forEach(channel -> channel.workspaceLost(why));
  }

  void openFromClient(Buffer in) throws SshException {
    var type = in.getString();
    var number = in.getUInt();
    if (isFull(type)) {
      refuse(client, number, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many channels");
      return;
    }
    if (type.equals(SESSION) && noMoreSessions) {
      refuse(
          client,
          number,
          SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
          "no more sessions were asked");
      return;
    }
    var end = opener(client, number, in);
    if (type.equals(SESSION)) {
      sessions.add(++lastId);
      new HeldSession(relay, lastId, end).confirm();
    } else {
      openAtWorkspace(type, end, in);
    }
  }

  void openFromWorkspace(Buffer in) throws SshException {
    var type = in.getString();
    var number = in.getUInt();
    var workspace = upstream.leg();
    if (workspace == null) {
      return;
    }
    if (isFull(type)) {
      refuse(workspace, number, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many channels");
      return;
    }
    var end = opener(workspace, number, in);
    var toClient = new Side(new Flow(0));
    toClient.attach(client);
    var channel = new RelayedChannel(relay, ++lastId, toClient, end);
    byId.put(channel.id(), channel);
    channel.sendOpen(end, toClient, type, in);
  }

  static void refuse(Leg leg, long number, int reason, String text) {
    leg.send(Wire.openFailure(leg.session(), number, reason, text));
  }

  private boolean isFull(String type) {
    return byId.size() >= MAX_CHANNELS || (type.equals(SESSION) && sessions.size() >= MAX_SESSIONS);
  }

  private static Side opener(Leg leg, long number, Buffer in) throws SshException {
    var end = new Side(new Flow(0));
    end.attach(leg);
    end.open(number);
    end.flow().open(in.getUInt(), in.getUInt());
    return end;
  }

  private void openAtWorkspace(String type, Side end, Buffer in) {
    var channel = new RelayedChannel(relay, ++lastId, end, new Side(new Flow(0)));
    byId.put(channel.id(), channel);
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
}
