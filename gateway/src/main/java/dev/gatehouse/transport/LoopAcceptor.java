package dev.gatehouse.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.Closeable;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** Listens, and gives each connection to a loop, in turn. */
final class LoopAcceptor extends LoopService implements IoAcceptor {
  /** How long none is accepted after that failed: there are most likely no files left to open. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Duration UNBIND = Duration.ofSeconds(5);

  private final Map<SocketAddress, Listening> bound = new ConcurrentHashMap<>();

  LoopAcceptor(PropertyResolver properties, IoHandler handler, EventLoops.Group loops) {
    super(properties, handler, loops);
  }

  @Override
  public void bind(SocketAddress address) throws IOException {
    bind(List.of(address));
  }

  /** All, or none. */
  @Override
  public void bind(Collection<? extends SocketAddress> addresses) throws IOException {
    var added = new ArrayList<SocketAddress>();
    try {
      for (var address : addresses) {
        added.add(listen(address));
      }
    } catch (IOException | RuntimeException e) {
      unbind(added);
      throw e;
    }
  }

  private SocketAddress listen(SocketAddress address) throws IOException {
    var channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      configure(channel);
      channel.bind(address, CoreModuleProperties.SOCKET_BACKLOG.getRequired(properties()));
      var local = channel.getLocalAddress();
      var listening = new Listening(channel, local, loops().next());
      bound.put(local, listening);
      listening.start();
      return local;
    } catch (IOException | RuntimeException e) {
      EventLoop.closeQuietly(channel);
      throw e;
    }
  }

  @Override
  public void unbind() {
    unbind(getBoundAddresses());
  }

  @Override
  public void unbind(SocketAddress address) {
    unbind(List.of(address));
  }

  @Override
  public void unbind(Collection<? extends SocketAddress> addresses) {
    for (var address : addresses) {
      var listening = bound.remove(address);
      if (listening != null) {
        listening.end();
      }
    }
  }

  @Override
  public Set<SocketAddress> getBoundAddresses() {
    return Set.copyOf(bound.keySet());
  }

  @Override
  protected void preClose() {
    unbind();
    super.preClose();
  }

  @Override
  protected Closeable getInnerCloseable() {
    return builder().close(super.getInnerCloseable()).run(toString(), this::unbind).build();
  }

  @Override
  public String toString() {
    return "LoopAcceptor[%s]".formatted(bound.keySet());
  }

  /** One address. */
  private final class Listening implements EventLoop.Waiter {
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final EventLoop loop;
    private volatile @Nullable SelectionKey key;
    private boolean failing;

    Listening(ServerSocketChannel channel, SocketAddress address, EventLoop loop) {
      this.channel = channel;
      this.address = address;
      this.loop = loop;
    }

    void start() throws IOException {
      key = loop.register(channel, SelectionKey.OP_ACCEPT, this);
    }

    /** One at a time, so that a flood does not starve those who are connected already. */
    @Override
    public void ready(int ops) throws Exception {
      var socket = channel.accept();
      failing = false;
      if (socket != null) {
        accepted(socket);
      }
    }

    @Override
    public void failed(Throwable error) {
      if (!channel.isOpen() || error instanceof ClosedChannelException) {
        return;
      }
      if (!failing) {
        log.warn("[accept-failed] no connection is accepted at {} for now", address, error);
      }
      failing = true;
      setInterest(0);
      loop.schedule(() -> setInterest(SelectionKey.OP_ACCEPT), PAUSE);
    }

    private void setInterest(int ops) {
      try {
        if (key != null) {
          key.interestOps(ops);
        }
      } catch (CancelledKeyException e) {
        log.trace("{} is closed", address, e);
      }
    }

    /** Returns when the address is free. */
    void end() {
      EventLoop.closeQuietly(channel);
      if (loop.isCurrent()) {
        return;
      }
      var gone = new CompletableFuture<Void>();
      try {
        loop.execute(
            () -> {
              try {
                loop.forgetClosed();
              } catch (IOException e) {
                log.debug("{} may be in use a little longer", address, e);
              }
              gone.complete(null);
            });
        gone.get(UNBIND.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        log.debug("the loop has ended, and all of its sockets with it", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.debug("{} is not free yet", address, e);
      }
    }

    private void accepted(SocketChannel socket) {
      LoopSession session = null;
      try {
        var listener = getIoServiceEventListener();
        if (listener != null) {
          listener.connectionAccepted(
              LoopAcceptor.this, socket.getLocalAddress(), socket.getRemoteAddress(), address);
        }
        socket.configureBlocking(false);
        configure(socket);
        session = new LoopSession(LoopAcceptor.this, loops().next(), socket, address);
        handler().sessionCreated(session);
        if (add(session)) {
          LoopAcceptor.this.start(session);
        } else {
          session.close(true);
        }
      } catch (Throwable e) {
        log.debug("a connection to {} is given up", address, e);
        abort(socket, e);
        if (session != null) {
          session.close(true);
        }
        EventLoop.closeQuietly(socket);
      }
    }

    private void abort(SocketChannel socket, Throwable why) {
      var listener = getIoServiceEventListener();
      if (listener != null) {
        try {
          listener.abortAcceptedConnection(
              LoopAcceptor.this, socket.getLocalAddress(), socket.getRemoteAddress(), address, why);
        } catch (Exception e) {
          log.debug("a listener failed", e);
        }
      }
    }
  }
}
