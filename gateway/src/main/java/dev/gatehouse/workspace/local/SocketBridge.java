package dev.gatehouse.workspace.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.channel.AbstractChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a channel and a socket with one virtual thread a direction. EOF closes one direction,
 * failure closes both. Each thread holds one buffer; the channel's windows bound the rest.
 */
final class SocketBridge implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(SocketBridge.class);
  private static final int CHUNK = 32 * 1024;
  private static final int DIRECTIONS = 2;

  private final AbstractChannel channel;
  private final SocketChannel socket;
  private final AtomicInteger ended = new AtomicInteger();

  private SocketBridge(AbstractChannel channel, SocketChannel socket) {
    this.channel = channel;
    this.socket = socket;
  }

  /**
   * Starts both directions.
   *
   * @param fromClient ends when the client sent EOF or the channel is closed
   * @param toClient sends EOF when it is closed
   */
  static void start(
      AbstractChannel channel,
      SocketChannel socket,
      InputStream fromClient,
      OutputStream toClient) {
    var bridge = new SocketBridge(channel, socket);
    var localConnection = LocalConnection.of(channel.getSession());
    localConnection.own(bridge);
    channel.addCloseFutureListener(_ -> localConnection.disown(bridge));
    var name = "local-forward-" + channel.getChannelId();
    Thread.ofVirtual().name(name + "-in").start(() -> bridge.run(() -> bridge.feed(fromClient)));
    Thread.ofVirtual().name(name + "-out").start(() -> bridge.run(() -> bridge.drain(toClient)));
  }

  private interface Direction {
    void copy() throws IOException;
  }

  private void run(Direction direction) {
    try {
      direction.copy();
      if (ended.incrementAndGet() == DIRECTIONS) {
        close();
      }
    } catch (IOException e) {
      log.debug("a forwarded connection ended early", e);
      close();
    }
  }

  private void feed(InputStream fromClient) throws IOException {
    var chunk = new byte[CHUNK];
    for (var n = fromClient.read(chunk); n >= 0; n = fromClient.read(chunk)) {
      var bytes = ByteBuffer.wrap(chunk, 0, n);
      while (bytes.hasRemaining()) {
        socket.write(bytes);
      }
    }
    if (channel.isClosing()) {
      close(); // what the client had sent is delivered; its answer would find nobody
    } else {
      socket.shutdownOutput();
    }
  }

  private void drain(OutputStream toClient) throws IOException {
    var chunk = new byte[CHUNK];
    var buffer = ByteBuffer.wrap(chunk);
    for (var n = socket.read(buffer); n >= 0; n = socket.read(buffer)) {
      toClient.write(chunk, 0, n);
      toClient.flush();
      buffer.clear();
    }
    toClient.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("a socket did not close cleanly", e);
    }
    channel.close(false);
  }
}
