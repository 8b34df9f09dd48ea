package dev.gatehouse.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A flood of connections takes the last file that the gateway may open. The listening socket is
 * ready then and stays so, because nobody can be accepted: a loop that tried at once again would
 * use a whole core for nothing, and fill the log.
 */
final class OutOfFilesTest {
  private static final int FILES = 256;

  @Test
  void accept_withoutFiles_waitsAndServesTheRest() throws Exception {
    var folder = Folders.temporary();
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var line =
        "ulimit -n %d; exec %s -cp '%s' '%s'"
            .formatted(FILES, java, System.getProperty("java.class.path"), Server.class.getName());
    var clients = new ArrayList<Socket>();
    try (var server = Program.in(folder, List.of("sh", "-c", line)).typed().start()) {
      var port = Integer.parseInt(server.awaitStdout("port (\\d+)\n").group(1));
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var first = IoFixture.connect(address);
      clients.add(first);
      assertThat(IoServiceContract.roundTrip(first)).isTrue();

      for (var i = 0; i < FILES; i++) {
        clients.add(IoFixture.connect(address));
      }

      server.awaitStderr("accept-failed");
      assertThat(IoServiceContract.roundTrip(first)).isTrue();
      var last = clients.removeLast();
      for (var client : clients.subList(1, FILES)) {
        client.close();
      }
      assertThat(IoServiceContract.roundTrip(last)).isTrue();
      last.close();
      assertThat(server.stderrSoFar().split("accept-failed", -1)).hasSizeLessThan(9);
    } finally {
      for (var client : clients) {
        client.close();
      }
      Folders.delete(folder);
    }
  }

  /** Echoes, with as few files as it was given. */
  static final class Server {
    private Server() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
      try (var io = new IoFixture(new EventLoops("test", 1), Sessions.echoing())) {
        System.out.printf("port %d%n", io.address().getPort());
        while (System.in.read() >= 0) {
          // Until the test ends its input.
        }
      }
    }
  }
}
