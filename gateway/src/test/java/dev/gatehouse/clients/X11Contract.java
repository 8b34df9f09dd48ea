package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Resources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code ssh -Y} with an X server that knows nothing but the setup message. */
abstract class X11Contract {
  private static final String COOKIE = "00112233445566778899aabbccddeeff";

  /** Setup header, name and padding, cookie, and the five bytes of {@code hello}. */
  private static final int SETUP = 12 + 20;

  private static final int GREETING = SETUP + 16 + 5;

  @Test
  void x11_remoteClientConnects_serverSeesItsOwnCookieAndAnswers(Laptop laptop) throws Exception {
    Programs.require("xauth", "xauth");
    var received = new CompletableFuture<byte[]>();
    var server = laptop.keep(display(connection -> answer(connection, received)));
    var display = "127.0.0.1:" + (server.port() - 6000);
    laptop.program("xauth", "-q", "-f", "x", "add", display, "MIT-MAGIC-COOKIE-1", COOKIE).run();

    var result =
        laptop
            .openssh("-Y", HOST, "/usr/bin/python3 -")
            .with("DISPLAY", display)
            .with("XAUTHORITY", laptop.home().resolve("x").toString())
            .run(Folders.read(Resources.file("clients/x11_client.py")))
            .ok();

    assertThat(result.stdout()).isEqualTo("welcome\n");
    var bytes = received.get(10, TimeUnit.SECONDS);
    // The remote side has a cookie of its own; the ssh client puts the real one in its place.
    assertThat(bytes).startsWith('l').endsWith("hello".getBytes(StandardCharsets.US_ASCII));
    assertThat(HexFormat.of().formatHex(bytes, SETUP, SETUP + 16)).isEqualTo(COOKIE);
  }

  @Test
  void x11_isNotAskedFor_remoteSideHasNoDisplay(Laptop laptop) {
    assertThat(laptop.ssh("echo \"[$DISPLAY]\"").stdout()).isEqualTo("[]\n");
  }

  /** An X server's port is 6000 and the number of its display. */
  private static Listener display(Listener.Service service) {
    return Listener.tcp(Ports.free(), service);
  }

  private static void answer(SocketChannel connection, CompletableFuture<byte[]> received)
      throws IOException {
    received.complete(Channels.newInputStream(connection).readNBytes(GREETING));
    connection.write(ByteBuffer.wrap("welcome".getBytes(StandardCharsets.US_ASCII)));
  }
}
