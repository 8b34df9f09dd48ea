package dev.gatehouse.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** What a {@link Listener} can do with a connection. */
public final class Services {
  private Services() {}

  /** Sends everything back, and EOF on EOF. */
  public static void echo(SocketChannel connection) throws IOException {
    Channels.newInputStream(connection).transferTo(Channels.newOutputStream(connection));
    connection.shutdownOutput();
  }

  /** Answers only after EOF: {@code got N bytes}. Shows that EOF closes one direction. */
  public static void count(SocketChannel connection) throws IOException {
    var buffer = ByteBuffer.allocate(64 * 1024);
    var total = 0L;
    for (var read = 0; read >= 0; read = connection.read(buffer.clear())) {
      total += read;
    }
    send(connection, "got " + total + " bytes");
  }

  /** Says hello, then closes its direction, and still reads to the end. */
  public static void greet(SocketChannel connection) throws IOException {
    send(connection, "hello");
    connection.shutdownOutput();
    Channels.newInputStream(connection).readAllBytes();
  }

  /** Sends zero bytes until nobody wants them. */
  public static void zeros(SocketChannel connection) throws IOException {
    var block = ByteBuffer.allocate(64 * 1024);
    while (true) {
      connection.write(block.clear());
    }
  }

  /** One HTTP answer, the path that was asked for. */
  public static void http(SocketChannel connection) throws IOException {
    var request =
        new Scanner(connection, StandardCharsets.US_ASCII).useDelimiter("\r\n\r\n").next();
    var body = request.split(" ", 3)[1];
    send(
        connection,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body));
  }

  private static void send(SocketChannel connection, String text) throws IOException {
    connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
