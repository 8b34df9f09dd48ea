package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The near end of a tunnel. */
public final class Dial {
  private final SocketAddress address;

  private Dial(SocketAddress address) {
    this.address = address;
  }

  public static Dial tcp(int port) {
    return new Dial(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public static Dial unix(Path socket) {
    return new Dial(UnixDomainSocketAddress.of(socket));
  }

  public SocketChannel connect() {
    try {
      return SocketChannel.open(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the text, then EOF, and returns all that comes until the other side's EOF. */
  public String exchange(String text) {
    return new String(exchange(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** As above, reading while it writes, so that an echo of any size fits. */
  public byte[] exchange(byte[] bytes) {
    try (var connection = connect()) {
      var writer = Thread.ofPlatform().daemon().name("dial").start(() -> send(connection, bytes));
      var answer = Channels.newInputStream(connection).readAllBytes();
      writer.join();
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while talking to " + address, e);
    }
  }

  /** What comes until EOF, without sending anything or closing this side's direction. */
  public String listen() {
    try (var connection = connect()) {
      return new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(SocketChannel connection, byte[] bytes) {
    try {
      connection.write(ByteBuffer.wrap(bytes));
      connection.shutdownOutput();
    } catch (IOException e) {
      // The other side stopped reading; the answer tells the rest.
    }
  }
}
