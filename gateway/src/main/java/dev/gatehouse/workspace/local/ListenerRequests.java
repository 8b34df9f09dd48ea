package dev.gatehouse.workspace.local;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.io.IoUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The global requests that sshd knows: listeners for the client (RFC 4254, 7.1, and OpenSSH's
 * PROTOCOL, 2.4), no-more-sessions and keepalive. Runs on MINA's threads; binding does not block.
 */
final class ListenerRequests implements RequestHandler<ConnectionService> {
  private static final Logger log = LoggerFactory.getLogger(ListenerRequests.class);

  private final Path home;

  ListenerRequests(Path home) {
    this.home = home;
  }

  @Override
  public Result process(
      ConnectionService service, String request, boolean wantReply, Buffer buffer) {
    return switch (request) {
      case "tcpip-forward" -> listenTcp(service, wantReply, buffer.getString(), buffer.getInt());
      case "cancel-tcpip-forward" -> cancel(service, tcpKey(buffer.getString(), buffer.getInt()));
      case "streamlocal-forward@openssh.com" -> listenUnix(service, buffer.getString());
      case "cancel-streamlocal-forward@openssh.com" -> cancel(service, buffer.getString());
      case "no-more-sessions@openssh.com" -> {
        // MINA's own handler would refuse every type of channel from then on.
        LocalConnection.of(service.getSession()).refuseSessions();
        yield Result.ReplySuccess;
      }
      case "keepalive@openssh.com" -> Result.ReplyFailure; // an answer is all that it wants
      default -> Result.Unsupported;
    };
  }

  private static Result cancel(ConnectionService service, String key) {
    return LocalConnection.of(service.getSession()).cancelForward(key)
        ? Result.ReplySuccess
        : Result.ReplyFailure;
  }

  private static String tcpKey(String host, int port) {
    return host + ":" + port;
  }

  private static Result listenTcp(
      ConnectionService service, boolean wantReply, String host, int port) {
    try {
      var servers = Loopback.listen(host, port);
      var bound = Loopback.port(servers);
      var listeners =
          servers.stream().map(server -> listener(service, server, host, bound)).toList();
      LocalConnection.of(service.getSession())
          .addForward(tcpKey(host, bound), () -> listeners.forEach(IoUtils::closeQuietly));
      return answer(service, wantReply, port == 0, bound);
    } catch (IOException | IllegalArgumentException e) {
      log.debug("a port cannot be forwarded", e);
      return Result.ReplyFailure;
    }
  }

  private static Listener listener(
      ConnectionService service, ServerSocketChannel server, String host, int port) {
    return Listener.start(
        "tcp-" + port, service, server, false, socket -> tcpChannel(host, port, socket));
  }

  /** Only who asked for any port is told which. */
  private static Result answer(
      ConnectionService service, boolean wantReply, boolean anyPort, int bound) throws IOException {
    if (!wantReply || !anyPort) {
      return Result.ReplySuccess;
    }
    var session = service.getSession();
    var reply = session.createBuffer(SshConstants.SSH_MSG_REQUEST_SUCCESS, Integer.BYTES);
    reply.putUInt(bound);
    session.writePacket(reply);
    return Result.Replied;
  }

  private static ForwardedChannel tcpChannel(String host, int port, SocketChannel socket) {
    return new ForwardedChannel(
        "forwarded-tcpip",
        socket,
        buffer -> {
          var peer = (InetSocketAddress) socket.socket().getRemoteSocketAddress();
          buffer.putString(host);
          buffer.putUInt(port);
          buffer.putString(peer.getAddress().getHostAddress());
          buffer.putUInt(peer.getPort());
        });
  }

  /** An existing file is refused, as with StreamLocalBindUnlink no. */
  private Result listenUnix(ConnectionService service, String path) {
    try {
      var file = home.resolve(path);
      var server = bindPrivately(file);
      var listener =
          Listener.start("unix", service, server, false, socket -> unixChannel(path, socket));
      Closeable listenerAndFile =
          () -> {
            listener.close();
            Files.deleteIfExists(file);
          };
      LocalConnection.of(service.getSession()).addForward(path, listenerAndFile);
      return Result.ReplySuccess;
    } catch (IOException | InvalidPathException e) {
      log.debug("a socket file cannot be forwarded", e);
      return Result.ReplyFailure;
    }
  }

  /** Mode 0600, as with StreamLocalBindMask 0177. */
  private static ServerSocketChannel bindPrivately(Path file) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return server;
    } catch (IOException | InvalidPathException e) {
      server.close();
      throw e;
    }
  }

  private static ForwardedChannel unixChannel(String path, SocketChannel socket) {
    return new ForwardedChannel(
        "forwarded-streamlocal@openssh.com",
        socket,
        buffer -> {
          buffer.putString(path);
          buffer.putString("");
        });
  }
}
