package dev.gatehouse.transport;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Closes sockets whose peers are still sending and are to read the last that they were told. If
 * there is something unread, the kernel ends such a connection with a reset (RFC 2525, 2.17), and
 * then most peers do not look at what had come before it. So what comes is dropped here until the
 * peer has seen the end, for a moment at most. One for each loop.
 */
final class Lingering {
  static final Duration LIMIT = Duration.ofSeconds(2);

  /** The files of the process are for those who stay. */
  private static final int MOST = 256;

  private final EventLoop loop;
  private int sockets;

  Lingering(EventLoop loop) {
    this.loop = loop;
  }

  /** Closes it soon. May be called by any thread. */
  void close(SocketChannel channel, SelectionKey key) {
    try {
      channel.shutdownOutput();
      loop.execute(() -> new Drain(channel).begin(key));
    } catch (IOException | RejectedExecutionException e) {
      EventLoop.closeQuietly(channel); // the peer has gone, or the loop has ended
      loop.wakeUp();
    }
  }

  /** Runs on the loop's thread. */
  private final class Drain implements EventLoop.Waiter {
    private final SocketChannel channel;
    private EventLoop.@Nullable Timer limit;

    Drain(SocketChannel channel) {
      this.channel = channel;
    }

    void begin(SelectionKey key) {
      sockets++;
      if (sockets > MOST) {
        end();
        return;
      }
      limit = loop.schedule(this::end, LIMIT);
      key.attach(this);
      key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public void ready(int ops) throws IOException {
      if (loop.read(channel) == null) {
        end();
      }
    }

    @Override
    public void failed(Throwable error) {
      end();
    }

    private void end() {
      if (channel.isOpen()) {
        EventLoop.closeQuietly(channel);
        sockets--;
        if (limit != null) {
          loop.cancel(limit);
        }
      }
    }
  }
}
