package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A tiny server at the far end of a tunnel: a thread for each connection, TCP or unix socket. */
public final class Listener implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final Service service;

  /** What happens on one connection, which is closed when this returns or throws. */
  @FunctionalInterface
  public interface Service {
    void serve(SocketChannel connection) throws IOException;
  }

  private Listener(ServerSocketChannel server, Service service) {
    this.server = server;
    this.service = service;
    Thread.ofPlatform().daemon().name("listener").start(this::acceptAll);
  }

  /** Listens on some port of the loopback address. */
  public static Listener tcp(Service service) {
    return tcp(0, service);
  }

  public static Listener tcp(int port, Service service) {
    return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), service);
  }

  public static Listener unix(Path socket, Service service) {
    var listener = open(UnixDomainSocketAddress.of(socket), service);
    // A session in a container is another user's.
    socket.toFile().setWritable(true, false);
    return listener;
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(server);
    connections.forEach(Listener::closeQuietly);
  }

  private static Listener open(SocketAddress address, Service service) {
    try {
      var server =
          address instanceof UnixDomainSocketAddress
              ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
              : ServerSocketChannel.open();
      return new Listener(server.bind(address, 200), service);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        var connection = server.accept();
        connections.add(connection);
        Thread.ofPlatform().daemon().name("connection").start(() -> serve(connection));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(SocketChannel connection) {
    try {
      service.serve(connection);
    } catch (IOException e) {
      // The other side went away; a test that minds sees it at that side.
    } finally {
      closeQuietly(connection);
      connections.remove(connection);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Nothing is left to do with it.
    }
  }
}
