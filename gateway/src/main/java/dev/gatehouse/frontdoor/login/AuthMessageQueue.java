package dev.gatehouse.frontdoor.login;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from an I/O thread, which must not wait, to a virtual thread, which may.
 * One is worked on at a time, and none is read from the socket meanwhile.
 */
final class AuthMessageQueue {
  /** No client sends more than one or two requests without waiting for an answer. */
  private static final int MAX_HELD = 8;

  /** Works on a message. */
  interface Handler {
    /**
     * @param arrived {@link System#nanoTime} when it came
     * @throws Exception to end the connection
     */
    void handle(int message, Buffer in, long arrived) throws Exception;
  }

  private record Message(int type, Buffer fields, long arrived) {}

  private final AbstractServerSession session;
  private final Handler handler;
  private final Queue<Message> held = new ArrayDeque<>();
  private boolean working;

  AuthMessageQueue(AbstractServerSession session, Handler handler) {
    this.session = session;
    this.handler = handler;
  }

  /** Takes a copy: the buffer is the session's own. */
  void put(int type, Buffer in) throws SshException {
    synchronized (held) {
      if (held.size() >= MAX_HELD) {
        throw new SshException(
            SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "too many requests at once");
      }
      held.add(new Message(type, new ByteArrayBuffer(in.getCompactData()), System.nanoTime()));
      if (working) {
        return;
      }
      working = true;
    }
    session.getIoSession().suspendRead();
    Thread.ofVirtual().name("login-" + session.getIoSession().getId()).start(this::work);
  }

  private void work() {
    try {
      for (var message = next(); message != null && session.isOpen(); message = next()) {
        handler.handle(message.type, message.fields, message.arrived);
      }
    } catch (Exception e) {
      session.exceptionCaught(e);
    } finally {
      session.getIoSession().resumeRead();
    }
  }

  private @Nullable Message next() {
    synchronized (held) {
      var message = held.poll();
      working = message != null;
      return message;
    }
  }
}
