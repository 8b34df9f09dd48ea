package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One thread that reads from many connections: with a thread for each, virtual ones too, the load
 * costs more than what is measured.
 */
final class LightLoop {
  static final LightLoop OF_PROCESS = new LightLoop();

  /** Takes what arrives; when it throws, that is the end of the connection. */
  interface Reader {
    void read(byte[] message) throws IOException;
  }

  private record Connection(LightTransport transport, Reader reader, Runnable onEnd) {
    /** A read, and what has come by it. */
    void ready() {
      try {
        transport.fill();
        read();
      } catch (IOException e) {
        end();
      }
    }

    void read() throws IOException {
      for (var message = transport.arrived(); message != null; message = transport.arrived()) {
        reader.read(message);
      }
    }

    void end() {
      closeQuietly(transport.channel());
      onEnd.run();
    }
  }

  private final Selector selector;
  private final Queue<Connection> joining = new ConcurrentLinkedQueue<>();

  private LightLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("light-loop").start(this::run);
  }

  /**
   * From now on it reads, and nobody else.
   *
   * @param onEnd when the other side has hung up, or this one
   */
  void add(LightTransport transport, Reader reader, Runnable onEnd) {
    joining.add(new Connection(transport, reader, onEnd));
    selector.wakeup();
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It has gone, which is what was wanted.
    }
  }

  private void run() {
    try {
      while (true) {
        selector.select(key -> ((Connection) key.attachment()).ready());
        for (var next = joining.poll(); next != null; next = joining.poll()) {
          join(next);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void join(Connection connection) {
    try {
      var channel = connection.transport.channel();
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, connection);
      connection.read(); // what came with the last message before
    } catch (IOException e) {
      connection.end();
    }
  }
}
