package dev.gatehouse.workspace.local;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.io.IoUtils;

/**
 * A display on the loopback interface whose connections become {@code x11} channels (RFC 4254,
 * 6.3). The cookie is a fake that only the client knows to replace.
 */
final class X11Display implements Closeable {
  /** What a program must show to the display. Harmless characters only: MINA has checked. */
  record Cookie(String protocol, String hexData) {}

  private static final int FIRST = 10;
  private static final int LAST = 1000;
  private static final int BASE_PORT = 6000;
  private static final List<Path> XAUTH =
      List.of(
          Path.of("/usr/bin/xauth"),
          Path.of("/usr/X11R6/bin/xauth"),
          Path.of("/opt/X11/bin/xauth"));

  private final int number;
  private final int screen;
  private final Cookie cookie;
  private final Listener listener;

  private X11Display(int number, int screen, Cookie cookie, Listener listener) {
    this.number = number;
    this.screen = screen;
    this.cookie = cookie;
    this.listener = listener;
  }

  /** Takes the first free display. */
  static X11Display open(ConnectionService service, Cookie cookie, int screen, boolean single)
      throws IOException {
    for (var number = FIRST; number < LAST; number++) {
      var server = bind(number);
      if (server.isPresent()) {
        var listener =
            Listener.start("x11-" + number, service, server.get(), single, X11Display::channel);
        return new X11Display(number, screen, cookie, listener);
      }
    }
    throw new IOException("no free display");
  }

  private static Optional<ServerSocketChannel> bind(int number) throws IOException {
    var server = ServerSocketChannel.open();
    try {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return Optional.of(server.bind(new InetSocketAddress(loopback, BASE_PORT + number)));
    } catch (BindException e) {
      server.close();
      return Optional.empty();
    }
  }

  private static ForwardedChannel channel(SocketChannel socket) {
    return new ForwardedChannel(
        "x11",
        socket,
        buffer -> {
          var peer = (InetSocketAddress) socket.socket().getRemoteSocketAddress();
          buffer.putString(peer.getAddress().getHostAddress());
          buffer.putUInt(peer.getPort());
        });
  }

  /** The value of {@code DISPLAY}. */
  String name() {
    return "localhost:" + number + "." + screen;
  }

  /**
   * Stores the cookie where X programs look for it, before the session's program starts. Blocks.
   *
   * @return what to tell the person if that is impossible
   */
  Optional<String> authorise(Launch session, ProcessTrees processes) throws IOException {
    var xauth = XAUTH.stream().filter(Files::isExecutable).findFirst();
    if (xauth.isEmpty()) {
      return Optional.of("X11 forwarding: xauth is not installed here, programs may be refused");
    }
    var launch =
        new Launch(
            xauth.get(),
            Stream.of("xauth", "-q", "-").map(Launch::bytes).toList(),
            session.environment(),
            session.directory());
    try (var stdio = Stdio.Pipes.open()) {
      var child = processes.start(launch, stdio);
      stdio.closeTheirs();
      var commands = commands().getBytes(StandardCharsets.US_ASCII);
      stdio.input().write(commands, commands.length);
      stdio.input().close();
      child.exit().join();
      return Optional.empty();
    }
  }

  /** With the name that programs derive from {@code localhost:N}. */
  private String commands() {
    var display = "unix:" + number + "." + screen;
    return "remove %s\nadd %s %s %s\n"
        .formatted(display, display, cookie.protocol(), cookie.hexData());
  }

  @Override
  public void close() {
    IoUtils.closeQuietly(listener);
  }
}
