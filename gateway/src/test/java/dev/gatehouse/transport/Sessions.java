package dev.gatehouse.transport;

import dev.gatehouse.testkit.Poll;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An I/O handler that remembers what it was told, and does what a test says with what arrives. */
class Sessions implements IoHandler {
  /** What a test does with the bytes that have arrived. */
  @FunctionalInterface
  interface Receiver {
    void received(IoSession session, byte[] bytes) throws Exception;
  }

  final List<IoSession> created = new CopyOnWriteArrayList<>();
  final List<IoSession> closed = new CopyOnWriteArrayList<>();
  final List<Throwable> errors = new CopyOnWriteArrayList<>();
  private volatile Receiver receiver;

  Sessions(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Sends back what arrives. */
  static Sessions echoing() {
    return new Sessions((session, bytes) -> session.writeBuffer(new ByteArrayBuffer(bytes)));
  }

  void receive(Receiver next) {
    receiver = next;
  }

  IoSession awaitCreated() {
    Poll.until("a session is created", () -> !created.isEmpty());
    return created.getLast();
  }

  void awaitClosed(IoSession session) {
    Poll.until("the session is closed", () -> closed.contains(session));
  }

  @Override
  public void sessionCreated(IoSession session) throws Exception {
    created.add(session);
  }

  @Override
  public void sessionClosed(IoSession session) {
    closed.add(session);
  }

  @Override
  public void exceptionCaught(IoSession session, Throwable cause) throws Exception {
    errors.add(cause);
  }

  @Override
  public void messageReceived(IoSession session, Readable message) throws Exception {
    var bytes = new byte[message.available()];
    message.getRawBytes(bytes, 0, bytes.length);
    receiver.received(session, bytes);
  }
}
