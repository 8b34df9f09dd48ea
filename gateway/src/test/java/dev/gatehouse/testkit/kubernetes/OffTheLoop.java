package dev.gatehouse.testkit.kubernetes;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/**
 * Opens a watch of the mock on a thread of its own. The mock does so on the event loop of all its
 * sockets, where it waits for a lock whose owner may wait for that very loop, for 30 seconds.
 */
final class OffTheLoop extends WebSocketListener {
  private final WebSocketListener watch;

  OffTheLoop(WebSocketListener watch) {
    this.watch = watch;
  }

  @Override
  public void onBeforeAccept(WebSocket socket, Response response) {
    watch.onBeforeAccept(socket, response);
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    Thread.ofVirtual().start(() -> watch.onOpen(socket, response));
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    watch.onClosing(socket, code, reason);
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    watch.onClosed(socket, code, reason);
  }

  @Override
  public void onFailure(WebSocket socket, Throwable failure, Response response) {
    watch.onFailure(socket, failure, response);
  }
}
