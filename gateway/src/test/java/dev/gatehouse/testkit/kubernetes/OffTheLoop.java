package dev.gatehouse.testkit.kubernetes;

import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Opens and ends a watch of the mock on threads of its own. The mock does so on the event loop of
 * all its sockets, and waits there: for a lock whose owner, or for a thread that, may wait for that
 * very loop to write, for 30 seconds.
 */
final class OffTheLoop extends WebSocketListener {
  private final WebSocketListener watch;
  private final Object changes;
  private volatile @Nullable Sender sender;

  /**
   * @param changes lock of whatever changes an object: a watch that has ended, and is told of a
   *     change before the mock has forgotten it, makes the mock not answer the request at all
   */
  OffTheLoop(WebSocketListener watch, Object changes) {
    this.watch = watch;
    this.changes = changes;
  }

  @Override
  public void onBeforeAccept(WebSocket socket, Response response) {
    watch.onBeforeAccept(socket, response);
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    var opened = new Sender(socket);
    sender = opened;
    Thread.ofVirtual().start(() -> watch.onOpen(opened, response));
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    watch.onClosing(socket, code, reason);
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    end(() -> watch.onClosed(socket, code, reason));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable failure, Response response) {
    end(() -> watch.onFailure(socket, failure, response));
  }

  private void end(Runnable forget) {
    Thread.ofVirtual()
        .start(
            () -> {
              synchronized (changes) {
                forget.run();
              }
              var opened = sender;
              if (opened != null) {
                opened.executor.shutdown();
              }
            });
  }

  /** Nobody waits for a watcher that does not read, or has gone. */
  private static final class Sender implements WebSocket {
    private final WebSocket socket;
    private final ExecutorService executor =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    Sender(WebSocket socket) {
      this.socket = socket;
    }

    @Override
    public boolean send(String text) {
      executor.execute(() -> socket.send(text));
      return true;
    }

    @Override
    public boolean send(byte[] bytes) {
      executor.execute(() -> socket.send(bytes));
      return true;
    }

    @Override
    public RecordedRequest request() {
      return socket.request();
    }

    @Override
    public boolean close(int code, String reason) {
      executor.execute(() -> socket.close(code, reason));
      return true;
    }
  }
}
