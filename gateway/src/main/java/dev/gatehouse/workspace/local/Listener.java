package dev.gatehouse.workspace.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.io.IoUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a channel to the client for whatever connects. One thread accepts and does nothing else, so
 * that it never waits for the client; it is a platform thread, since Java closes a server socket
 * for good only when the thread that accepts from it has left the call.
 */
final class Listener implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  private final ConnectionService service;
  private final ServerSocketChannel server;
  private final Function<SocketChannel, ForwardedChannel> channels;
  private final boolean once;
  private final Thread accepting;

  private Listener(
      String name,
      ConnectionService service,
      ServerSocketChannel server,
      Function<SocketChannel, ForwardedChannel> channels,
      boolean once) {
    this.service = service;
    this.server = server;
    this.channels = channels;
    this.once = once;
    this.accepting = Thread.ofPlatform().daemon().name("local-listen-" + name).unstarted(this::run);
  }

  /**
   * Takes over the bound socket.
   *
   * @param once whether to serve one connection only
   */
  static Listener start(
      String name,
      ConnectionService service,
      ServerSocketChannel server,
      boolean once,
      Function<SocketChannel, ForwardedChannel> channels) {
    var listener = new Listener(name, service, server, channels, once);
    listener.accepting.start();
    return listener;
  }

  private void run() {
    try (server) {
      do {
        var socket = server.accept();
        Thread.ofVirtual().name(accepting.getName() + "-open").start(() -> forward(socket));
      } while (!once);
    } catch (ClosedChannelException e) {
      log.trace("a listener was closed", e);
    } catch (IOException e) {
      log.warn("[local-listen] a forward's listener failed", e);
    }
  }

  private void forward(SocketChannel socket) {
    try {
      var channel = channels.apply(socket);
      service.registerChannel(channel);
      channel.open().addListener(opening -> closeUnlessOpen(opening.isOpened(), socket));
    } catch (IOException | RuntimeException e) {
      log.debug("the client is gone", e);
      IoUtils.closeQuietly(socket);
    }
  }

  private static void closeUnlessOpen(boolean open, SocketChannel socket) {
    if (!open) {
      IoUtils.closeQuietly(socket);
    }
  }

  /** Afterwards nobody can connect any more: a client may use the address again at once. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
