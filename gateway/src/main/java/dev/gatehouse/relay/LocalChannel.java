package dev.gatehouse.relay;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session whose far end is a program inside the gateway. The program blocks on its own virtual
 * thread; it waits on the relay's lock, which every message for this channel holds.
 */
final class LocalChannel implements Channel, LocalSession {
  private static final Logger LOG = LoggerFactory.getLogger(LocalChannel.class);

  private final Relay relay;
  private final long id;
  private final ChannelEnd client;
  private final ChannelEnd program;
  private final @Nullable LocalTerminal terminal;
  private boolean gone;

  LocalChannel(
      Relay relay, long id, ChannelEnd client, ChannelEnd program, List<HeldRequest> before) {
    this.relay = relay;
    this.id = id;
    this.client = client;
    this.program = program;
    this.terminal = LocalTerminal.of(before);
  }

  void run(LocalProgram toRun) {
    relay.channels().replace(id, this);
    relay.afterwards(
        () -> Thread.ofVirtual().name("gateway-program-" + id).start(() -> runAndEnd(toRun)));
  }

  private void runAndEnd(LocalProgram toRun) {
    var status = ExitCode.SOFTWARE.status();
    try {
      status = toRun.run(this);
    } catch (IOException e) {
      LOG.debug("the client has gone", e);
    } catch (RuntimeException e) {
      LOG.error("[local-program-broken] a program of the gateway failed", e);
    }
    var exit = status;
    relay.enter(() -> end(exit));
  }

  private void end(int status) {
    if (client.isOpen()) {
      var peer = client.leg();
      peer.send(Wire.exitStatus(client.session(), client.number(), status));
      peer.send(Wire.channel(client.session(), SshConstants.SSH_MSG_CHANNEL_EOF, client.number()));
      client.sendClose();
    }
    gone = true;
    removeIfFinished();
  }

  @Override
  public void fromClient(int message, Buffer in) throws Exception {
    switch (message) {
      case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST -> client.flow().allow(in.getUInt());
      case SshConstants.SSH_MSG_CHANNEL_DATA -> program.data(false, in, () -> {});
      case SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA -> program.data(true, in, () -> {});
      case SshConstants.SSH_MSG_CHANNEL_EOF -> program.eof();
      case SshConstants.SSH_MSG_CHANNEL_CLOSE -> {
        gone = true;
        client.closeReceived();
        client.sendClose();
        removeIfFinished();
      }
      case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(in);
      default -> throw RelayedChannel.protocolError("message %d on a session".formatted(message));
    }
    relay.lock().notifyAll();
  }

  @Override
  public void fromWorkspace(int message, Buffer in) throws Exception {
    throw RelayedChannel.protocolError("message %d on a session of the client".formatted(message));
  }

  @Override
  public void workspaceLost(Failure why) {}

  @Override
  public void clientLost() {
    gone = true;
    relay.lock().notifyAll();
  }

  @Override
  public void timedOut(Failure why) {
    gone = true;
    end(ExitCode.UNAVAILABLE.status());
    relay.lock().notifyAll();
  }

  @Override
  public boolean tell(String line) {
    if (terminal == null || gone) {
      return false;
    }
    var bytes = ("\r\n" + SafeText.line(line) + "\r\n").getBytes(StandardCharsets.UTF_8);
    var fits = client.isOpen() && bytes.length <= room();
    if (fits) {
      send(false, bytes, 0, bytes.length);
    }
    return fits;
  }

  @Override
  public InputStream in() {
    return new In();
  }

  @Override
  public OutputStream out() {
    return new Out(false);
  }

  @Override
  public OutputStream err() {
    return new Out(true);
  }

  @Override
  public Optional<Terminal> terminal() {
    return Optional.ofNullable(terminal);
  }

  private void removeIfFinished() {
    if (client.finished()) {
      relay.channels().remove(id);
    }
  }

  private void request(Buffer in) {
    var type = in.getString();
    var wantReply = in.getBoolean();
    if (type.equals("window-change") && terminal != null) {
      terminal.resize(in);
    }
    if (wantReply) {
      client
          .leg()
          .send(
              Wire.channel(
                  client.session(), SshConstants.SSH_MSG_CHANNEL_FAILURE, client.number()));
    }
  }

  /** Callers wait in a loop. */
  @SuppressWarnings("WaitNotInLoop")
  private void await() throws IOException {
    try {
      relay.lock().wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** What the client sends. Reading grants it as much again. */
  private final class In extends InputStream {
    private Buffer current = new ByteArrayBuffer(new byte[0]);

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (current.available() == 0 && !next()) {
        return -1;
      }
      var n = Math.min(length, current.available());
      current.getRawBytes(into, from, n);
      return n;
    }

    @Override
    public int available() {
      return current.available();
    }

    private boolean next() throws IOException {
      synchronized (relay.lock()) {
        var bytes = program.poll();
        while (bytes == null && !program.ended() && !gone) {
          await();
          bytes = program.poll();
        }
        if (bytes == null) {
          return false;
        }
        current = bytes;
      }
      relay.enter(() -> grant(current.available()));
      return true;
    }

    private void grant(int bytes) {
      if (client.isOpen()) {
        client.leg().send(Wire.windowAdjust(client.session(), client.number(), bytes));
        program.flow().grantMore(bytes);
      }
    }
  }

  /** What the program writes, as the client's window allows. */
  private final class Out extends OutputStream {
    private final boolean extended;

    Out(boolean extended) {
      this.extended = extended;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (var done = 0; done < length; ) {
        done += writeSome(bytes, from + done, length - done);
      }
    }

    @Override
    public void flush() throws IOException {
      synchronized (relay.lock()) {
        if (gone) {
          throw new IOException("the client has gone");
        }
      }
    }

    private int writeSome(byte[] bytes, int from, int length) throws IOException {
      int n;
      synchronized (relay.lock()) {
        while (!gone && room() <= 0) {
          await();
        }
        if (gone || !client.isOpen()) {
          throw new IOException("the client has gone");
        }
        n = (int) Math.min(length, room());
        send(extended, bytes, from, n);
      }
      relay.enter(() -> {});
      return n;
    }
  }

  /** What can be sent to the client now. */
  private long room() {
    return Math.min(client.flow().ownRoom(), client.flow().maxPacket());
  }

  private void send(boolean extended, byte[] bytes, int from, int n) {
    var session = client.session();
    client.flow().sendOwn(n);
    client
        .leg()
        .send(
            extended
                ? Wire.extendedData(session, client.number(), Wire.STDERR, bytes, from, n)
                : Wire.data(session, client.number(), bytes, from, n),
            () -> {
              client.flow().written(n);
              relay.lock().notifyAll();
            });
  }
}
