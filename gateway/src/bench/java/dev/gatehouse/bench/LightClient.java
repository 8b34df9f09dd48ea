package dev.gatehouse.bench;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;

/** A client with one channel, many of which fit into a process. */
final class LightClient implements AutoCloseable {
  /** More than is ever moved here, so that there is no need to grant any more. */
  static final int WINDOW = Integer.MAX_VALUE;

  private static final int PACKET = 32 << 10;

  private final LightTransport transport;
  private int channel;
  private volatile boolean ended;

  private LightClient(LightTransport transport) {
    this.transport = transport;
  }

  /** Connects and logs in. */
  static LightClient login(int port, String login, LightKey key) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var channel = SocketChannel.open(address);
    try {
      var client = new LightClient(LightTransport.client(channel));
      client.logIn(login, key);
      return client;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Opens a terminal with a shell. */
  void shell() throws IOException {
    open("session");
    var terminal =
        message(
            SshMessage.CHANNEL_REQUEST,
            uint32(channel),
            string("pty-req"),
            new byte[1],
            string("xterm"),
            uint32(80),
            uint32(24),
            uint32(0),
            uint32(0),
            string(""));
    transport.send(terminal);
    request("shell");
  }

  /** Runs a command. */
  void exec(String command) throws IOException {
    open("session");
    request("exec", string(command));
  }

  /** Opens the way to a port behind the server. */
  void tunnel(int port) throws IOException {
    open("direct-tcpip", string("127.0.0.1"), uint32(port), string("127.0.0.1"), uint32(0));
  }

  void write(byte[] data) throws IOException {
    transport.send(message(SshMessage.CHANNEL_DATA, uint32(channel), string(data)));
  }

  /** Reads from now on, until the connection ends, and answers what asks whether it is there. */
  void read(Consumer<ByteBuffer> onData) {
    LightLoop.OF_PROCESS.add(transport, message -> handle(message, onData), () -> ended = true);
  }

  /** Whether the other side has hung up, or this one. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (IOException e) {
      // It has gone, which is what was wanted.
    }
  }

  private void logIn(String login, LightKey key) throws IOException {
    transport.send(message(SshMessage.SERVICE_REQUEST, string("ssh-userauth")));
    transport.expect(SshMessage.SERVICE_ACCEPT);
    var request =
        message(
            SshMessage.USERAUTH_REQUEST,
            string(login),
            string("ssh-connection"),
            string("publickey"),
            new byte[] {1},
            string(LightKey.TYPE),
            string(key.blob()));
    transport.send(signed(request, key));
    await(SshMessage.USERAUTH_SUCCESS, SshMessage.USERAUTH_FAILURE);
  }

  private byte[] signed(byte[] request, LightKey key) throws IOException {
    try {
      var signature = string(key.sign(string(transport.sessionId()), request));
      return ByteBuffer.allocate(request.length + signature.length)
          .put(request)
          .put(signature)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void open(String type, byte[]... fields) throws IOException {
    transport.send(
        message(
            SshMessage.CHANNEL_OPEN,
            string(type),
            uint32(0),
            uint32(WINDOW),
            uint32(PACKET),
            join(fields)));
    var confirmation = await(SshMessage.CHANNEL_OPEN_CONFIRMATION, SshMessage.CHANNEL_OPEN_FAILURE);
    channel = ByteBuffer.wrap(confirmation).getInt(5);
  }

  private void request(String type, byte[]... fields) throws IOException {
    transport.send(
        message(
            SshMessage.CHANNEL_REQUEST,
            uint32(channel),
            string(type),
            new byte[] {1},
            join(fields)));
    await(SshMessage.CHANNEL_SUCCESS, SshMessage.CHANNEL_FAILURE);
  }

  /** Waits for one message, or its contrary. */
  private byte[] await(int wanted, int unwanted) throws IOException {
    while (true) {
      var message = transport.receive();
      if (message[0] == wanted) {
        return message;
      }
      if (message[0] == unwanted) {
        throw new IOException("message " + unwanted + " instead of " + wanted);
      }
      handle(message, LightClient::drop);
    }
  }

  private void handle(byte[] message, Consumer<ByteBuffer> onData) throws IOException {
    var fields = LightTransport.fields(message);
    switch (message[0]) {
      case SshMessage.CHANNEL_DATA -> onData.accept(fields.position(9).slice());
      case SshMessage.GLOBAL_REQUEST -> {
        LightTransport.next(fields);
        if (fields.get() != 0) {
          transport.send(message(SshMessage.REQUEST_FAILURE));
        }
      }
      case SshMessage.CHANNEL_CLOSE -> throw new IOException("the channel has been closed");
      default -> {
        // A banner, an adjusted window, an end of data: no need to act.
      }
    }
  }

  private static void drop(ByteBuffer data) {}

  private static byte[] join(byte[]... parts) {
    var length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (var part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
