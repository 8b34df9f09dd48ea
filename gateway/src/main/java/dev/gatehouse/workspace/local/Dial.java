package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.sshd.common.util.buffer.Buffer;

/** Where a client wants a connection to. */
sealed interface Dial {
  /** Blocks; the message of a failure is for the client. */
  SocketChannel connect() throws IOException;

  /** Reads the target from the message that opens the channel. */
  interface Reader {
    Dial read(Buffer buffer);
  }

  /** {@code direct-tcpip} (RFC 4254, 7.2); the originator is of no use here. */
  static Dial tcp(Buffer buffer) {
    return new Tcp(buffer.getString(), buffer.getInt());
  }

  /** {@code direct-streamlocal@openssh.com} (OpenSSH's PROTOCOL, 2.4). */
  static Dial unix(Buffer buffer, Path home) {
    return new Unix(buffer.getString(), home);
  }

  /** A TCP port; a host name's addresses are tried one after the other, as sshd does. */
  record Tcp(String host, int port) implements Dial {
    @Override
    public SocketChannel connect() throws IOException {
      if (port < 1 || port > 0xffff) {
        throw new IOException("bad port");
      }
      var failure = new IOException("connect failed");
      for (var address : addresses()) {
        try {
          var socket = SocketChannel.open(new InetSocketAddress(address, port));
          socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
          return socket;
        } catch (IOException e) {
          failure = e;
        }
      }
      throw failure;
    }

    private InetAddress[] addresses() throws IOException {
      try {
        return InetAddress.getAllByName(host);
      } catch (UnknownHostException e) {
        throw new IOException("unknown host", e);
      }
    }
  }

  /** A socket file; a relative path begins at the home. */
  record Unix(String path, Path home) implements Dial {
    @Override
    public SocketChannel connect() throws IOException {
      return SocketChannel.open(address());
    }

    private SocketAddress address() throws IOException {
      try {
        return UnixDomainSocketAddress.of(home.resolve(path));
      } catch (InvalidPathException e) {
        throw new IOException("bad path", e);
      }
    }
  }
}
