package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.testkit.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes TCP connections on to a port of this machine, until it is cut. */
final class FaultyNetwork implements AutoCloseable {
  private final int target;
  private final ServerSocket door;

  /** The near side of each far side that is open. */
  private final Map<Socket, Socket> open = new ConcurrentHashMap<>();

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

  /** Returns when the far side has noticed: what it writes later must not go to who is gone. */
  void cut() {
    cut = true;
    open.forEach((far, near) -> cut(near, far));
    Poll.until("the far side has noticed", open::isEmpty);
  }

  private static void cut(Socket near, Socket far) {
    end(near);
    try {
      far.shutdownOutput();
    } catch (IOException e) {
      // It has ended.
    }
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
    open.put(far, near);
    if (cut) {
      cut(near, far);
    }
    Thread.ofVirtual().start(() -> up(near, far));
    Thread.ofVirtual().start(() -> down(far, near));
  }

  private static void up(Socket near, Socket far) {
    try {
      near.getInputStream().transferTo(far.getOutputStream());
    } catch (IOException e) {
      // Cut, or one side has gone.
    }
    cut(near, far);
  }

  private void down(Socket far, Socket near) {
    try {
      var buffer = new byte[8192];
      for (int read; (read = far.getInputStream().read(buffer)) >= 0; ) {
        if (!near.isClosed()) {
          near.getOutputStream().write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // One side has gone.
    } finally {
      end(near);
      end(far);
      open.remove(far);
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
