package dev.gatehouse.bench;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A workspace's sshd in a process of its own that lets everybody in, and whose sessions are no
 * processes: ten thousand shells would measure the machine. A shell says what it hears; a command
 * writes zeros for ever.
 */
final class LightTarget implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(2);

  private final Running process;
  private final int port;
  private final SshPublicKey hostKey;

  LightTarget() {
    process =
        Program.in(
                Path.of("/"),
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName()))
            .typed()
            .within(LIFE)
            .start();
    var told = Jvm.awaitStdout(process, "target (\\d+) (\\S+ \\S+)\n");
    port = Integer.parseInt(told.group(1));
    hostKey = SshPublicKey.parse(told.group(2));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  SshPublicKey hostKey() {
    return hostKey;
  }

  @Override
  public void close() {
    process.endInput();
    process.await();
    process.close();
  }

  /** The process. */
  static final class Child {
    private static final int BACKLOG = 4096;

    private Child() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
      var hostKey = LightKey.generate();
      try (var listener = ServerSocketChannel.open()) {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Thread.ofPlatform().daemon().name("accept").start(() -> accept(listener, hostKey));
        System.out.printf(
            "target %d %s%n", listener.socket().getLocalPort(), hostKey.publicKey().line());
        while (System.in.read() >= 0) {
          // Until the benchmark closes it.
        }
      }
      System.exit(0);
    }

    private static void accept(ServerSocketChannel listener, LightKey hostKey) {
      try {
        while (true) {
          var channel = listener.accept();
          Thread.ofVirtual().name("connection").start(() -> serve(channel, hostKey));
        }
      } catch (IOException e) {
        // The benchmark is over.
      }
    }

    private static void serve(SocketChannel channel, LightKey hostKey) {
      try {
        new Connection(LightTransport.server(channel, hostKey)).run();
      } catch (IOException e) {
        LightLoop.closeQuietly(channel); // the gateway has gone
      }
    }
  }

  /** One connection with one channel. Its thread alone touches it, but for the credit. */
  private static final class Connection {
    private static final int PACKET = 32 << 10;

    private final LightTransport transport;
    private int peer;
    private boolean shell;
    private long credit;

    Connection(LightTransport transport) {
      this.transport = transport;
    }

    /** A command has a thread, since it waits for credit; the many shells share one. */
    void run() throws IOException {
      while (!shell) {
        handle(transport.receive());
      }
      LightLoop.OF_PROCESS.add(transport, this::handle, () -> {});
    }

    private void handle(byte[] message) throws IOException {
      var fields = LightTransport.fields(message);
      switch (message[0]) {
        case SshMessage.SERVICE_REQUEST ->
            transport.send(message(SshMessage.SERVICE_ACCEPT, string(LightTransport.next(fields))));
        case SshMessage.USERAUTH_REQUEST -> login(fields);
        case SshMessage.GLOBAL_REQUEST -> refuse(fields);
        case SshMessage.CHANNEL_OPEN -> open(fields);
        case SshMessage.CHANNEL_WINDOW_ADJUST -> grant(fields.getInt(fields.position() + 4));
        case SshMessage.CHANNEL_REQUEST -> request(fields.position(fields.position() + 4));
        case SshMessage.CHANNEL_DATA -> {
          var data = LightTransport.next(fields.position(fields.position() + 4));
          transport.send(message(SshMessage.CHANNEL_DATA, uint32(peer), string(data)));
        }
        case SshMessage.CHANNEL_CLOSE ->
            transport.send(message(SshMessage.CHANNEL_CLOSE, uint32(peer)));
        default -> {
          // An end of data needs no answer.
        }
      }
    }

    private void refuse(ByteBuffer fields) throws IOException {
      LightTransport.next(fields);
      if (fields.get() != 0) {
        transport.send(message(SshMessage.REQUEST_FAILURE));
      }
    }

    private void open(ByteBuffer fields) throws IOException {
      LightTransport.next(fields);
      peer = fields.getInt();
      grant(fields.getInt());
      transport.send(
          message(
              SshMessage.CHANNEL_OPEN_CONFIRMATION,
              uint32(peer),
              uint32(0),
              uint32(LightClient.WINDOW),
              uint32(PACKET)));
    }

    private void request(ByteBuffer fields) throws IOException {
      var type = LightTransport.text(fields);
      if (fields.get() != 0) {
        transport.send(message(SshMessage.CHANNEL_SUCCESS, uint32(peer)));
      }
      shell |= type.equals("shell");
      if (type.equals("exec")) {
        Thread.ofVirtual().name("zeros").start(this::flood);
      }
    }

    /** Whoever shows a signature has one; before that the key is said to do. */
    private void login(ByteBuffer fields) throws IOException {
      LightTransport.next(fields);
      LightTransport.next(fields);
      if (!LightTransport.text(fields).equals("publickey")) {
        transport.send(message(SshMessage.USERAUTH_FAILURE, string("publickey"), new byte[1]));
      } else if (fields.get() != 0) {
        transport.send(message(SshMessage.USERAUTH_SUCCESS));
      } else {
        var type = LightTransport.next(fields);
        var key = LightTransport.next(fields);
        transport.send(message(SshMessage.USERAUTH_PK_OK, string(type), string(key)));
      }
    }

    private synchronized void grant(int bytes) {
      credit += Integer.toUnsignedLong(bytes);
      notifyAll();
    }

    private synchronized void spend(int bytes) throws InterruptedException {
      while (credit < bytes) {
        wait();
      }
      credit -= bytes;
    }

    private void flood() {
      var data = message(SshMessage.CHANNEL_DATA, uint32(peer), string(new byte[PACKET]));
      try {
        while (true) {
          spend(PACKET);
          transport.send(data);
        }
      } catch (IOException e) {
        // The reader has gone.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
