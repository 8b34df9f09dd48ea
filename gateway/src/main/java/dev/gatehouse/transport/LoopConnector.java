package dev.gatehouse.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** Connects, each connection on a loop of its own choice. */
final class LoopConnector extends LoopService implements IoConnector {
  LoopConnector(PropertyResolver properties, IoHandler handler, EventLoops.Group loops) {
    super(properties, handler, loops);
  }

  @Override
  public IoConnectFuture connect(
      SocketAddress address,
      @Nullable AttributeRepository context,
      @Nullable SocketAddress localAddress) {
    var future = new DefaultIoConnectFuture(address, null);
    try {
      var loop = loops().next();
      var channel = SocketChannel.open();
      try {
        channel.configureBlocking(false);
        configure(channel);
        if (localAddress != null) {
          channel.bind(localAddress);
        }
        var attempt = new Attempt(loop, channel, address, context, future);
        loop.execute(attempt::begin);
        future.addListener(f -> attempt.ended(f.isCanceled()));
      } catch (IOException | RuntimeException e) {
        EventLoop.closeQuietly(channel);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      future.setException(e);
    }
    return future;
  }

  @Override
  public String toString() {
    return "LoopConnector";
  }

  /** One connection that is being made. Runs on its loop. */
  private final class Attempt implements EventLoop.Waiter {
    private final EventLoop loop;
    private final SocketChannel channel;
    private final SocketAddress address;
    private final @Nullable AttributeRepository context;
    private final IoConnectFuture future;
    private EventLoop.@Nullable Timer timeout;

    Attempt(
        EventLoop loop,
        SocketChannel channel,
        SocketAddress address,
        @Nullable AttributeRepository context,
        IoConnectFuture future) {
      this.loop = loop;
      this.channel = channel;
      this.address = address;
      this.context = context;
      this.future = future;
    }

    void begin() {
      try {
        if (channel.connect(address)) {
          connected();
          return;
        }
        loop.register(channel, SelectionKey.OP_CONNECT, this);
        CoreModuleProperties.IO_CONNECT_TIMEOUT
            .get(properties())
            .filter(Duration::isPositive)
            .ifPresent(limit -> timeout = loop.schedule(() -> timedOut(limit), limit));
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }

    @Override
    public void ready(int ops) throws Exception {
      if (channel.finishConnect()) {
        connected();
      }
    }

    /** Whatever it was that failed. */
    @Override
    public void failed(Throwable error) {
      forgetTimeout();
      EventLoop.closeQuietly(channel);
      future.setException(error);
    }

    /** From any thread: there is a connection, or an error, or nobody wants it any more. */
    void ended(boolean canceled) {
      if (canceled) {
        EventLoop.closeQuietly(channel);
        loop.wakeUp();
        future.getCancellation().setCanceled();
      }
    }

    private void timedOut(Duration limit) {
      failed(
          new ConnectException(
              "no connection to %s within %d ms".formatted(address, limit.toMillis())));
    }

    private void forgetTimeout() {
      if (timeout != null) {
        loop.cancel(timeout);
        timeout = null;
      }
    }

    private void connected() {
      forgetTimeout();
      LoopSession session = null;
      try {
        var listener = getIoServiceEventListener();
        if (listener != null) {
          listener.connectionEstablished(
              LoopConnector.this, channel.getLocalAddress(), context, channel.getRemoteAddress());
        }
        session = new LoopSession(LoopConnector.this, loop, channel, null);
        if (context != null) {
          session.setAttribute(AttributeRepository.class, context);
        }
        handler().sessionCreated(session);
        if (!add(session)) {
          throw new ConnectException("the connector is closing");
        }
        future.setSession(session);
        if (session != future.getSession()) {
          session.close(true); // nobody wants it any more
        } else {
          start(session);
        }
      } catch (Throwable e) {
        abort(e);
        if (session != null) {
          session.close(true);
        }
        failed(e);
      }
    }

    private void abort(Throwable why) {
      var listener = getIoServiceEventListener();
      if (listener != null) {
        try {
          listener.abortEstablishedConnection(
              LoopConnector.this,
              channel.getLocalAddress(),
              context,
              channel.getRemoteAddress(),
              why);
        } catch (Exception e) {
          log.debug("a listener failed", e);
        }
      }
    }
  }
}
