package dev.gatehouse.testkit.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes TCP connections on to a port of this machine, until it is cut. */
final class FaultyNetwork implements AutoCloseable {
  private final int target;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  FaultyNetwork(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void cut() {
    cut = true;
    open.forEach(FaultyNetwork::end);
    open.clear();
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() {
    cut();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var near = door.accept();
        if (cut) {
          near.close();
        } else {
          connect(near);
        }
      } catch (IOException e) {
        // The door is closed, or one connection failed.
      }
    }
  }

  private void connect(Socket near) throws IOException {
    var far = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(near);
    open.add(far);
    if (cut) {
      cut();
    }
    Thread.ofVirtual().start(() -> copy(near, far));
    Thread.ofVirtual().start(() -> copy(far, near));
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut, or one side has gone.
    } finally {
      end(from);
      end(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It has ended.
    }
  }
}
