package dev.gatehouse.workspace.local;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.sshd.common.session.ConnectionService;

/**
 * The socket behind {@code SSH_AUTH_SOCK}, in a folder that is open to nobody else. Each connection
 * to it becomes a channel to the client's agent.
 */
record AgentSocket(Path folder, Path path, Listener listener) implements Closeable {
  static AgentSocket open(ConnectionService service) throws IOException {
    var folder = Files.createTempDirectory("ssh-"); // made with mode 0700
    var path = folder.resolve("agent");
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      server.close();
      Files.deleteIfExists(folder);
      throw e;
    }
    var listener =
        Listener.start(
            "agent",
            service,
            server,
            false,
            socket -> new ForwardedChannel("auth-agent@openssh.com", socket, _ -> {}));
    return new AgentSocket(folder, path, listener);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
    Files.deleteIfExists(folder);
  }
}
