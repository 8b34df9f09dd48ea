package dev.gatehouse.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.Closeable;
import org.apache.sshd.common.Property;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractInnerCloseable;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** What an acceptor and a connector have in common: sessions, and the options of their sockets. */
abstract class LoopService extends AbstractInnerCloseable implements IoService {
  private final PropertyResolver properties;
  private final IoHandler handler;
  private final EventLoops.Group loops;
  private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();
  private volatile @Nullable IoServiceEventListener listener;
  private boolean noMoreSessions;

  LoopService(PropertyResolver properties, IoHandler handler, EventLoops.Group loops) {
    this.properties = properties;
    this.handler = handler;
    this.loops = loops;
  }

  final PropertyResolver properties() {
    return properties;
  }

  final IoHandler handler() {
    return handler;
  }

  final EventLoops.Group loops() {
    return loops;
  }

  /** Answers false if the service is closing and takes none. */
  final synchronized boolean add(LoopSession session) {
    if (!noMoreSessions) {
      sessions.put(session.getId(), session);
    }
    return !noMoreSessions;
  }

  final void ended(LoopSession session) {
    sessions.remove(session.getId());
  }

  /** Begins to read from what the handler has been told of, unless that has closed it already. */
  final void start(LoopSession session) throws Exception {
    if (session.isClosing()) {
      // Whoever closed it could not know that it would be added.
      ended(session);
      handler.sessionClosed(session);
    } else {
      session.start();
    }
  }

  /** Those that are set; the others are the kernel's to choose. */
  final void configure(NetworkChannel socket) throws IOException {
    set(socket, StandardSocketOptions.SO_REUSEADDR, CoreModuleProperties.SOCKET_REUSEADDR);
    set(socket, StandardSocketOptions.SO_KEEPALIVE, CoreModuleProperties.SOCKET_KEEPALIVE);
    set(socket, StandardSocketOptions.SO_LINGER, CoreModuleProperties.SOCKET_LINGER);
    set(socket, StandardSocketOptions.SO_RCVBUF, CoreModuleProperties.SOCKET_RCVBUF);
    set(socket, StandardSocketOptions.SO_SNDBUF, CoreModuleProperties.SOCKET_SNDBUF);
    set(socket, StandardSocketOptions.TCP_NODELAY, CoreModuleProperties.TCP_NODELAY);
  }

  private <T> void set(NetworkChannel socket, SocketOption<T> option, Property<T> property)
      throws IOException {
    if (properties.getObject(property.getName()) != null
        && socket.supportedOptions().contains(option)) {
      socket.setOption(option, property.getRequired(properties));
    }
  }

  private synchronized Collection<IoSession> takeNoMore() {
    noMoreSessions = true;
    return sessions.values();
  }

  @Override
  protected Closeable getInnerCloseable() {
    return builder().parallel(toString(), takeNoMore()).build();
  }

  @Override
  public Map<Long, IoSession> getManagedSessions() {
    return Collections.unmodifiableMap(sessions);
  }

  @Override
  public @Nullable IoServiceEventListener getIoServiceEventListener() {
    return listener;
  }

  @Override
  public void setIoServiceEventListener(@Nullable IoServiceEventListener listener) {
    this.listener = listener;
  }
}
