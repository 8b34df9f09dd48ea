package dev.gatehouse.workspace.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.io.IoUtils;
import org.jspecify.annotations.Nullable;

/** What belongs to one SSH connection and ends with it: listeners, sockets, the agent's socket. */
final class LocalConnection implements Closeable {
  private static final AttributeKey<LocalConnection> KEY = new AttributeKey<>();

  private final Set<Closeable> owned = new HashSet<>();
  private final Map<String, Closeable> forwards = new HashMap<>();
  private @Nullable AgentSocket agent;
  private boolean noMoreSessions;
  private boolean closed;

  private LocalConnection() {}

  static LocalConnection of(Session session) {
    return session.computeAttributeIfAbsent(KEY, _ -> new LocalConnection());
  }

  /** Ends what a connection owns, when it ends. */
  static SessionListener closer() {
    return new SessionListener() {
      @Override
      public void sessionClosed(Session session) {
        of(session).close();
      }
    };
  }

  /** Closes the resource with the connection, at once if that is over. */
  synchronized void own(Closeable resource) {
    if (closed) {
      IoUtils.closeQuietly(resource);
    } else {
      owned.add(resource);
    }
  }

  synchronized void disown(Closeable resource) {
    owned.remove(resource);
  }

  /** Remembers a remote forward by the words with which it will be cancelled. */
  synchronized void addForward(String key, Closeable listener) {
    forwards.put(key, listener);
    own(listener);
  }

  /** Whether there was one. */
  synchronized boolean cancelForward(String key) {
    var listener = forwards.remove(key);
    if (listener == null) {
      return false;
    }
    disown(listener);
    IoUtils.closeQuietly(listener);
    return true;
  }

  /** One socket serves all sessions of a connection. */
  synchronized void startAgent(ConnectionService service) throws IOException {
    if (agent == null) {
      agent = AgentSocket.open(service);
      own(agent);
    }
  }

  synchronized Optional<Path> agentSocket() {
    return Optional.ofNullable(agent).map(AgentSocket::path);
  }

  synchronized void refuseSessions() {
    noMoreSessions = true;
  }

  synchronized boolean refusesSessions() {
    return noMoreSessions;
  }

  @Override
  public void close() {
    List<Closeable> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(owned);
      owned.clear();
      forwards.clear();
    }
    ending.forEach(IoUtils::closeQuietly);
  }
}
