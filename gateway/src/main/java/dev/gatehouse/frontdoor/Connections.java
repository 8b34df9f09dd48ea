package dev.gatehouse.frontdoor;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.frontdoor.login.Login;
import dev.gatehouse.metrics.ChannelType;
import dev.gatehouse.name.Username;
import dev.gatehouse.relay.ConnectionStatus;
import dev.gatehouse.workspace.WorkspaceId;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.server.session.ServerSession;

/** The connections of people who have logged in. All methods may be called by many threads. */
public final class Connections {
  /** In the order in which they came. */
  private final ConcurrentSkipListMap<Long, Connection> open = new ConcurrentSkipListMap<>();

  private final AtomicLong lastId;

  /** Of connections that have gone. Guarded by this, as is that they go. */
  private long bytesInBefore;

  private long bytesOutBefore;

  /** Of the only gateway: the first connection has number 1. */
  public Connections() {
    this(0);
  }

  /**
   * @param before the first connection has the number after this one
   */
  public Connections(long before) {
    lastId = new AtomicLong(before);
  }

  public int count() {
    return open.size();
  }

  List<LiveSession> all() {
    return open.values().stream().map(Connection::describe).toList();
  }

  boolean kill(long id, String reason) {
    var connection = open.get(id);
    if (connection == null) {
      return false;
    }
    connection.end(reason);
    return true;
  }

  int message(long id, String text) {
    var connection = open.get(id);
    return connection == null ? 0 : connection.tell(text);
  }

  /** Tells the people in a workspace why it ends. */
  public void workspaceEnds(WorkspaceId id, Failure why) {
    open.values().stream()
        .filter(connection -> connection.workspace().equals(Optional.of(id)))
        .forEach(connection -> connection.workspaceEnds(why));
  }

  /** Those that are open now, to be told something. */
  public List<DrainWarnings.Terminals> terminals() {
    return open.values().stream()
        .map(c -> new DrainWarnings.Terminals(c.id(), c.workspace(), c::tell))
        .toList();
  }

  /** What they do, all together; the bytes never grow less. */
  public Use use() {
    // Each status takes its relay's lock, so none is asked for under this one.
    var seen = new HashMap<Long, ConnectionStatus>();
    open.forEach((id, connection) -> seen.put(id, connection.status()));
    synchronized (this) {
      seen.keySet().retainAll(open.keySet());
      var channels = new HashMap<String, Integer>();
      var in = bytesInBefore;
      var out = bytesOutBefore;
      for (var status : seen.values()) {
        in += status.bytesIn();
        out += status.bytesOut();
        status.channels().forEach(c -> channels.merge(ChannelType.of(c.type()), 1, Integer::sum));
      }
      return new Use(open.size(), channels, in, out);
    }
  }

  /** Those that are open now. */
  List<Connection> current() {
    return List.copyOf(open.values());
  }

  /** That of a session whose person has been taken in. */
  Optional<Connection> of(ServerSession session) {
    return Optional.ofNullable(session.getAttribute(Connection.KEY));
  }

  /** Its relay is there. */
  void relayed(ServerSession session) {
    of(session).ifPresent(Connection::status);
  }

  /** The workspace of this connection has been granted. */
  void given(ServerSession session) {
    of(session).ifPresent(Connection::give);
  }

  /** Counts it and takes it in, unless the person has too many. */
  synchronized Optional<Failure.Denied> add(ServerSession session, Login login, int most) {
    var mine = countOf(login.person().username());
    if (mine >= most) {
      return Optional.of(
          new Failure.Denied(
              "too-many-connections", "you have %d connections open already".formatted(mine)));
    }
    var id = lastId.incrementAndGet();
    var connection = new Connection(id, session, login);
    session.setAttribute(Connection.KEY, connection);
    open.put(id, connection);
    // Called at once if it has closed already.
    session.addCloseFutureListener(closed -> remove(connection));
    return Optional.empty();
  }

  private void remove(Connection connection) {
    var last = connection.status();
    synchronized (this) {
      if (open.remove(connection.id(), connection)) {
        bytesInBefore += last.bytesIn();
        bytesOutBefore += last.bytesOut();
      }
    }
  }

  private long countOf(Username person) {
    return open.values().stream().filter(c -> c.login().person().username().equals(person)).count();
  }
}
