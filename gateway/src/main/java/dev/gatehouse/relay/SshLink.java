package dev.gatehouse.relay;

import dev.gatehouse.service.WorkspaceLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.common.SshException;

/** A connection to the sshd of a workspace whose channels are the gateway's own, and MINA's. */
final class SshLink implements WorkspaceLink {
  private static final Duration OPEN = Duration.ofSeconds(20);

  private final WorkspaceConnection connection;
  private final AbstractClientSession session;

  SshLink(WorkspaceConnection connection, Duration limit) {
    this.connection = connection;
    this.session = connection.own();
    later(limit, connection::close);
  }

  private static void later(Duration limit, Runnable action) {
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS).execute(action);
  }

  @Override
  public Stream subsystem(String name) throws IOException {
    var channel = session.createSubsystemChannel(name);
    channel.setRedirectErrorStream(false);
    channel.open().verify(OPEN);
    return new Stream() {
      @Override
      public InputStream in() {
        return channel.getInvertedOut();
      }

      @Override
      public OutputStream out() {
        return channel.getInvertedIn();
      }

      @Override
      public void close() {
        channel.close(true);
      }
    };
  }

  @Override
  public Optional<Stream> port(int number, Duration limit) throws IOException {
    return open(
        new OwnTunnel(
            "direct-tcpip",
            open -> {
              open.putString("localhost");
              open.putUInt(number);
              open.putString("127.0.0.1");
              open.putUInt(0);
            }),
        limit);
  }

  @Override
  public Optional<Stream> socket(String path, Duration limit) throws IOException {
    return open(
        new OwnTunnel(
            "direct-streamlocal@openssh.com",
            open -> {
              open.putString(path);
              open.putString("");
              open.putUInt(0);
            }),
        limit);
  }

  private Optional<Stream> open(OwnTunnel tunnel, Duration limit) throws IOException {
    connection.register(tunnel);
    try {
      tunnel.open().verify(limit);
    } catch (SshException e) {
      tunnel.close(true);
      if (!connection.isOpen()) {
        throw e;
      }
      return Optional.empty();
    }
    later(limit, () -> tunnel.close(true));
    return Optional.of(
        new Stream() {
          @Override
          public InputStream in() {
            return tunnel.fromWorkspace();
          }

          @Override
          public OutputStream out() {
            return tunnel.toWorkspace();
          }

          @Override
          public void close() {
            tunnel.close(true);
          }
        });
  }

  @Override
  public void close() {
    connection.close();
  }
}
