package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits;
import dev.gatehouse.failure.Failure;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a relay. A channel has one number of ours, by which both the client and the
 * workspace know it. Guarded by the relay's lock.
 */
final class Channels {
  private static final String PROHIBITED = "not permitted for this login";

  private static final String SESSION = "session";
  private static final String DIRECT_TCPIP = "direct-tcpip";

  /** How OpenSSH's client identifies itself (RFC 4253, 4.2). */
  private static final String OPENSSH = "SSH-2.0-OpenSSH";

  /** Enough for a keyboard. */
  private static final long MIN_WINDOW = 1 << 10;

  /** What it takes to keep an open, beside its fields. */
  private static final int OVERHEAD = 256;

  private final Relay relay;
  private final Peer client;
  private final Upstream upstream;
  private final Limits limits;
  private final Permissions permissions;
  private final Map<Long, OpenChannel> byId = new LinkedHashMap<>();

  private final ByteBudget byteBudget;

  /** What the client has sent to apps, which do not share with sessions what they may keep. */
  private final ByteBudget uploads;

  /** What the client has asked the workspace to be able to open. */
  private final Set<String> invited = new HashSet<>();

  /** Why a service did not start, as it was told last. */
  private @Nullable Failure toldOfService;

  private long lastUsed = System.nanoTime();
  private int sessions;
  private long lastId = -1;
  private boolean noMoreSessions;
  private long emptySince = System.nanoTime();

  Channels(Relay relay, Peer client, Upstream upstream, ByteBudget byteBudget) {
    this.byteBudget = byteBudget;
    this.relay = relay;
    this.client = client;
    this.upstream = upstream;
    this.limits = relay.destination().limits();
    this.permissions = relay.permissions();
    this.uploads = new ByteBudget(limits.maxPendingBytes() / 2);
  }

  /** The channel that a message is for; its number is read. */
  Channel find(Buffer in, int message) throws SshException {
    var open = byId.get(in.getUInt());
    if (open == null) {
      throw RelayedChannel.protocolError("message %d for no channel".formatted(message));
    }
    if (isUse(message)) {
      used(open);
    }
    return open.channel();
  }

  /** What a ChannelTimeout is counted from. */
  private static boolean isUse(int message) {
    return message == SshConstants.SSH_MSG_CHANNEL_DATA
        || message == SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA
        || message == SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION;
  }

  /** A session is now something else: held before, relayed or local from now on. */
  void replace(long id, Channel channel) {
    open(id).become(channel);
  }

  /** A session has said what it is. */
  void describe(long id, String kind, String what) {
    open(id).describe(kind, what);
  }

  private OpenChannel open(long id) {
    return Objects.requireNonNull(byId.get(id), "no such channel");
  }

  /** Something has passed through the channel that {@link #find} did not see. */
  void used(long id) {
    var open = byId.get(id);
    if (open != null) {
      used(open);
    }
  }

  private void used(OpenChannel open) {
    open.used();
    lastUsed = open.lastUsed();
  }

  /** The channel makes the gateway keep so much; answers whether there is room for it. */
  boolean charge(long id, long bytes) {
    var room = byteBudget.take(bytes);
    if (room) {
      open(id).charge(bytes);
    }
    return room;
  }

  /** What was kept for the channel is on its way. */
  void discharge(long id) {
    byteBudget.giveBack(open(id).discharge());
  }

  void remove(long id) {
    var open = byId.remove(id);
    if (open == null) {
      return;
    }
    byteBudget.giveBack(open.discharge());
    if (open.isSession()) {
      sessions--;
    }
    if (byId.isEmpty()) {
      emptySince = System.nanoTime();
    }
  }

  /** Whether none is open, and the workspace may open none: its agent socket would stay. */
  boolean areSettled() {
    return byId.isEmpty() && invited.isEmpty();
  }

  /** For how many nanoseconds there has been none. */
  long unusedNanos() {
    return byId.isEmpty() ? System.nanoTime() - emptySince : 0;
  }

  List<ConnectionStatus.ChannelStatus> status() {
    return byId.values().stream().map(OpenChannel::status).toList();
  }

  /** Answers how many terminals there were. */
  int tell(String line) {
    return (int) all().filter(channel -> channel.tell(line)).count();
  }

  /** Closes what has not been used for longer than it may. */
  void closeIdle(Failure why) {
    var all = areAllTimedOut();
    List.copyOf(byId.values()).stream()
        .filter(open -> all || open.isTimedOut(limits))
        .forEach(open -> open.channel().timedOut(why));
  }

  /** One that has just been opened counts as used, and so does one that has ended since. */
  private boolean areAllTimedOut() {
    var now = System.nanoTime();
    var unused =
        LongStream.concat(
                LongStream.of(lastUsed), byId.values().stream().mapToLong(OpenChannel::lastUsed))
            .map(used -> now - used)
            .min()
            .orElse(0);
    return limits.channelTimeout().global().filter(most -> unused > most.toNanos()).isPresent();
  }

  void congestionChanged() {
    all().forEach(Channel::congestionChanged);
  }

  /** Ends what is no longer granted. */
  void recheck() {
    all().forEach(Channel::recheck);
  }

  /** The workspace may open channels of this type from now on. */
  void invite(String type) {
    invited.add(type);
  }

  /** The client has given up the right to open sessions (no-more-sessions@openssh.com). */
  void noMoreSessions() {
    noMoreSessions = true;
  }

  void clientLost() {
    all().forEach(Channel::clientLost);
    byId.clear();
    sessions = 0;
  }

  void workspaceEnds(Failure why) {
    all().forEach(channel -> channel.workspaceEnds(why));
  }

  void workspaceLost(Failure why) {
    all().forEach(channel -> channel.workspaceLost(why));
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
    if (!permissions.allowOpen(type, in)) {
      refuse(client, number, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, PROHIBITED);
    } else if (type.equals(SESSION)) {
      hold(end);
    } else if (!(type.equals(DIRECT_TCPIP) && openAtApp(end, in))) {
      openAtWorkspace(type, end, in);
    }
  }

  /** Answers whether it is an app that the client wants to reach. */
  private boolean openAtApp(ChannelEnd end, Buffer in) {
    var target = AppTarget.of(in);
    var route = target.flatMap(relay.destination()::app);
    route.ifPresent(
        r -> {
          switch (r) {
            case Destination.AppRoute.Denied(var why) ->
                refuse(
                    client,
                    end.number(),
                    SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                    "gatehouse: " + why.line());
            case Destination.AppRoute.Granted(var dial) ->
                openAtApp(end, target.orElseThrow(), dial);
          }
        });
    return route.isPresent();
  }

  private void openAtApp(ChannelEnd end, AppTarget target, AppDial dial) {
    var window = new UploadWindow(uploads);
    if (!window.open()) {
      refuse(
          client,
          end.number(),
          SshConstants.SSH_OPEN_RESOURCE_SHORTAGE,
          "too many tunnels to apps on one connection");
      return;
    }
    var channel = new AppChannel(relay, ++lastId, end, target, window);
    var where = "%s:%d".formatted(target.host(), target.port());
    byId.put(lastId, new OpenChannel(channel, ConnectionStatus.ChannelStatus.APP, where));
    channel.open(dial);
  }

  /** The more is kept already, the less a session may send before it has said what it is. */
  private void hold(ChannelEnd end) {
    var window = Math.clamp(byteBudget.left() / 4, MIN_WINDOW, PendingSession.WINDOW);
    var session = new PendingSession(relay, ++lastId, end, window);
    byId.put(lastId, new OpenChannel(session, SESSION, ""));
    charge(lastId, window);
    sessions++;
    session.confirm();
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
    if (!permissions.allowReverse(type) || !isInvited(type)) {
      refuse(workspace, number, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, PROHIBITED);
      return;
    }
    var toClient = new ChannelEnd(new WindowAccounting(0));
    toClient.attach(client);
    var channel = new RelayedChannel(relay, ++lastId, toClient, end);
    byId.put(channel.id(), new OpenChannel(channel, timeoutName(type), target(type, in)));
    channel.sendOpen(end, toClient, type, in);
  }

  static void refuse(Peer peer, long number, int reason, String text) {
    peer.send(Wire.openFailure(peer.session(), number, reason, text));
  }

  private boolean isFull(String type) {
    return byId.size() >= limits.maxChannels()
        || (type.equals(SESSION) && sessions >= limits.maxSessions());
  }

  /** A workspace opens what was asked of it, and nothing else. */
  private boolean isInvited(String type) {
    return switch (type) {
      case "forwarded-tcpip", "forwarded-streamlocal@openssh.com" -> relay.listening();
      default -> invited.contains(type);
    };
  }

  private Stream<Channel> all() {
    return List.copyOf(byId.values()).stream().map(OpenChannel::channel);
  }

  /** Types as sshd_config(5), ChannelTimeout, calls them. */
  private static String timeoutName(String type) {
    return switch (type) {
      case "auth-agent@openssh.com" -> "agent-connection";
      case "x11" -> "x11-connection";
      default -> type;
    };
  }

  /** Where a channel leads, for who looks at it; the fields stay unread. */
  private static String target(String type, Buffer in) {
    var start = in.rpos();
    try {
      return switch (type) {
        case "direct-tcpip", "forwarded-tcpip" -> "%s:%d".formatted(in.getString(), in.getUInt());
        case "direct-streamlocal@openssh.com", "forwarded-streamlocal@openssh.com" ->
            in.getString();
        default -> "";
      };
    } catch (BufferException e) {
      return ""; // the workspace's sshd will say what is wrong with it
    } finally {
      in.rpos(start);
    }
  }

  private static ChannelEnd opener(Peer peer, long number, Buffer in) throws SshException {
    var end = new ChannelEnd(new WindowAccounting(0));
    end.attach(peer);
    end.open(number);
    end.flow().open(in.getUInt(), in.getUInt());
    return end;
  }

  private void openAtWorkspace(String type, ChannelEnd end, Buffer in) {
    var dial = TunnelTarget.of(type, in).flatMap(relay.destination()::service);
    var isKept = dial.isPresent() || upstream.leg() == null;
    var fields = isKept ? new ByteArrayBuffer(in.getCompactData()) : in;
    var workspace = new ChannelEnd(new WindowAccounting(0));
    var id = ++lastId;
    if (dial.isPresent()) {
      var channel = new ServiceChannel(relay, id, end, workspace, type, fields, dial.get());
      byId.put(id, new OpenChannel(channel, type, target(type, fields)));
      if (mayKeep(id, end, fields)) {
        upstream.need(channel);
      }
    } else {
      var channel = new RelayedChannel(relay, id, end, workspace);
      byId.put(id, new OpenChannel(channel, type, target(type, fields)));
      if (!isKept || mayKeep(id, end, fields)) {
        upstream.need(opening(channel, type, fields));
      }
    }
  }

  /** Whether there is room to keep an open; without, it is refused. */
  private boolean mayKeep(long id, ChannelEnd end, Buffer fields) {
    var room = charge(id, OVERHEAD + fields.available());
    if (!room) {
      remove(id);
      refuse(
          client,
          end.number(),
          SshConstants.SSH_OPEN_RESOURCE_SHORTAGE,
          "too much waits for the workspace");
    }
    return room;
  }

  private Upstream.Waiter opening(RelayedChannel channel, String type, Buffer fields) {
    return new Upstream.Waiter() {
      @Override
      public void ready(Peer peer) {
        discharge(channel.id());
        channel.workspace().attach(peer);
        channel.sendOpen(channel.client(), channel.workspace(), type, fields);
      }

      @Override
      public void failed(Failure why) {
        channel.workspaceLost(why);
      }
    };
  }

  /**
   * Tells the terminals of this connection, once for all tunnels that waited, why a service did not
   * start. OpenSSH's client shows the reason by itself.
   */
  void tellOfService(Failure why) {
    var shown = client.session().getClientVersion().startsWith(OPENSSH);
    var again = toldOfService != null && why.message().startsWith(toldOfService.message());
    if (!shown && !again) {
      toldOfService = why;
      tell("gatehouse: " + why.line());
    }
  }
}
