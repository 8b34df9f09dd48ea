package dev.gatehouse.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** One end of a channel: where it is, what it was sent, and what waits for its window. */
final class ChannelEnd {
  private record Chunk(boolean extended, long code, Buffer bytes) {}

  private final WindowAccounting windowAccounting;
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private @Nullable Peer peer;
  private long number = -1;
  private boolean eofWaiting;
  private boolean eofSent;
  private boolean closeSent;
  private boolean closeReceived;

  ChannelEnd(WindowAccounting windowAccounting) {
    this.windowAccounting = windowAccounting;
  }

  /** Bytes on their way to this end. */
  WindowAccounting flow() {
    return windowAccounting;
  }

  void attach(Peer peer) {
    this.peer = peer;
  }

  /** The far end has told the number by which it knows the channel: messages can be sent. */
  void open(long number) {
    this.number = number;
  }

  /** Whether data may still be sent: there is none after EOF. */
  boolean takesData() {
    return isOpen() && !eofSent;
  }

  boolean isOpen() {
    return number >= 0 && !closeSent;
  }

  long number() {
    return number;
  }

  Peer leg() {
    if (peer == null) {
      throw new IllegalStateException("this end of the channel has no connection yet");
    }
    return peer;
  }

  Session session() {
    return leg().session();
  }

  /** Passes a data message on, or keeps a copy while the window is shut. */
  void data(boolean extended, Buffer in, Runnable written) throws Exception {
    if (closeSent) {
      return; // on its way when we closed
    }
    var start = in.rpos();
    var code = extended ? in.getUInt() : 0;
    var length = in.getUInt();
    if (length != in.available()) {
      throw RelayedChannel.protocolError("data length differs from the message's");
    }
    windowAccounting.receive(length);
    if (number >= 0 && waiting.isEmpty() && windowAccounting.fits(length)) {
      in.rpos(start);
      windowAccounting.send(length);
      leg()
          .send(
              Wire.data(session(), dataMessage(extended), number, in),
              () -> arrived(length, written));
    } else {
      var copy = new byte[(int) length];
      in.getRawBytes(copy);
      keep(extended, code, copy);
      deliver(written);
    }
  }

  /** Takes the oldest bytes that wait, for a reader inside the gateway. */
  @Nullable Buffer poll() {
    var chunk = waiting.poll();
    return chunk == null ? null : chunk.bytes;
  }

  /** Sends what waits as far as the window allows, and then the EOF that waits behind it. */
  void deliver(Runnable written) {
    for (var chunk = waiting.peek();
        chunk != null && isOpen() && windowAccounting.nextPacket() > 0;
        chunk = waiting.peek()) {
      var length = Math.min(windowAccounting.nextPacket(), chunk.bytes.available());
      windowAccounting.send(length);
      leg().send(message(chunk, length), () -> arrived(length, written));
      chunk.bytes.rpos(chunk.bytes.rpos() + length);
      if (chunk.bytes.available() == 0) {
        waiting.remove();
      }
    }
    if (eofWaiting && waiting.isEmpty() && isOpen()) {
      eofWaiting = false;
      eofSent = true;
      leg().send(Wire.channel(session(), SshConstants.SSH_MSG_CHANNEL_EOF, number));
    }
  }

  /** EOF comes after all data. */
  void eof() {
    eofWaiting = true;
  }

  boolean ended() {
    return eofWaiting;
  }

  void sendClose() {
    waiting.clear();
    if (isOpen()) {
      closeSent = true;
      leg().send(Wire.channel(session(), SshConstants.SSH_MSG_CHANNEL_CLOSE, number));
    }
  }

  void closeReceived() {
    closeReceived = true;
  }

  /** The connection that this end was on is gone. */
  void lost() {
    closeSent = true;
    closeReceived = true;
  }

  /** Both have said CLOSE: the number may be used again (RFC 4254, 5.3). */
  boolean finished() {
    return closeSent && closeReceived;
  }

  private void arrived(long length, Runnable written) {
    windowAccounting.written(length);
    written.run();
  }

  /** Small messages are kept together: a chunk costs a hundred times the byte that it may hold. */
  private void keep(boolean extended, long code, byte[] bytes) {
    var last = waiting.peekLast();
    if (last != null
        && last.extended == extended
        && last.code == code
        && last.bytes.available() < Wire.MAX_PACKET) {
      last.bytes.putRawBytes(bytes);
    } else {
      waiting.add(new Chunk(extended, code, new ByteArrayBuffer(bytes)));
    }
  }

  private Buffer message(Chunk chunk, int length) {
    var bytes = chunk.bytes.array();
    var from = chunk.bytes.rpos();
    return chunk.extended
        ? Wire.extendedData(session(), number, chunk.code, bytes, from, length)
        : Wire.data(session(), number, bytes, from, length);
  }

  private static int dataMessage(boolean extended) {
    return extended
        ? SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA
        : SshConstants.SSH_MSG_CHANNEL_DATA;
  }
}
