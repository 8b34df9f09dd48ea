package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Resources;
import dev.gatehouse.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What VS Code Remote-SSH and its open-source twin do when they connect. */
abstract class IdeBootstrapContract {
  @Test
  void vsCode_startsItsServer_tunnelReachesItAlsoAfterReconnect(Laptop laptop) {
    Programs.require("curl", "curl");
    var socks = Ports.free();
    var first = vsCode(laptop, "-D", "" + socks);
    var where = startServer(laptop, first, "");
    var page = socks(laptop, socks, "http://" + where + "/page");
    assertThat(page).endsWith("says /page");
    first.endInput();
    assertThat(first.await().exit()).isZero();

    var again = Ports.free();
    var second = vsCode(laptop, "-D", "" + again);
    second.type("echo ready\n");
    second.awaitStdout("ready\n");
    assertThat(socks(laptop, again, "http://" + where + "/page")).isEqualTo(page);
    assertThat(socks(laptop, again, "http://" + where + "/quit")).endsWith("says /quit");
  }

  @Test
  void vsCode_serverListensOnSocket_tunnelReachesIt(Laptop laptop) {
    Programs.require("curl", "curl");
    var port = Ports.free();
    var socket = laptop.remote().resolve("s");
    var ssh = vsCode(laptop, "-L", port + ":" + socket);
    assertThat(startServer(laptop, ssh, socket.toString())).isEqualTo(socket.toString());
    var url = "http://127.0.0.1:" + port;
    assertThat(curl(laptop, url + "/page")).endsWith("says /page");
    assertThat(curl(laptop, url + "/quit")).endsWith("says /quit");
  }

  @Test
  void openTwin_sendsItsScriptAsOneExecLine_markersComeBack(Laptop laptop) {
    assertThat(laptop.ssh("uname -s").ok().stdout()).isEqualTo("Linux\n");
    var padding = "# a comment, since the real script is as long\n".repeat(500);
    var script =
        padding
            + "echo 'c0ffee: start'\nprint() { echo \"$1==$2==\"; }\n"
            + "print exitCode 0; print platform $(uname -s); print home \"$HOME\"\n"
            + "echo 'c0ffee: end'\n";
    var encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
    var result = laptop.openssh("-T", HOST, "echo " + encoded + "|base64 -d|bash -l").run().ok();
    assertThat(result.stdout())
        .isEqualTo(
            "c0ffee: start\nexitCode==0==\nplatform==Linux==\nhome==%s==\nc0ffee: end\n"
                .formatted(laptop.target().home()));
  }

  private static Running vsCode(Laptop laptop, String... forward) {
    var options = Stream.concat(Stream.of("-v", "-T"), Stream.of(forward)).toArray(String[]::new);
    return laptop.start(
        laptop.openssh(options).and("-o", "ConnectTimeout=15", HOST, "bash").typed());
  }

  /** Sends the script on stdin, and leaves that open, as VS Code does; returns where it listens. */
  private static String startServer(Laptop laptop, Running bash, String socket) {
    var folder = laptop.remote();
    bash.type("cat > " + folder + "/server.py <<'END-OF-SERVER'\n");
    bash.type(Folders.read(Resources.file("clients/ide_server.py")) + "END-OF-SERVER\n");
    bash.type(
        """
        echo 'c0ffee: running'
        cd %s
        nohup /usr/bin/python3 server.py where %s </dev/null >log 2>&1 &
        until test -e where; do sleep 0.1; done
        echo "listeningOn==$(cat where)=="
        echo 'c0ffee: end'
        """
            .formatted(folder, socket));
    bash.awaitStdout("c0ffee: end\n");
    return bash.awaitStdout("c0ffee: running\nlisteningOn==(.*)==\n").group(1);
  }

  private static String socks(Laptop laptop, int port, String url) {
    return curl(laptop, "--socks5-hostname", "127.0.0.1:" + port, url);
  }

  private static String curl(Laptop laptop, String... arguments) {
    return laptop.program("curl", "-sS").and(arguments).run().ok().stdout();
  }
}
