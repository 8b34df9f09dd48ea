package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that OpenSSH can forward, to and from a local workspace. */
class LocalForwardingIT extends LocalWorkspaceDriver {

  @Test
  void localForward_toAPort_carriesBothWaysWithHalfClose() throws Exception {
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var path = client.file("fwd");
      var ssh = start(List.of("-N", "-L", path + ":127.0.0.1:" + target.getLocalPort()), "");
      until(() -> Files.exists(path));

      try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
          var peer = target.accept()) {
        socket.write(ByteBuffer.wrap(bytes("question")));
        socket.shutdownOutput();
        assertThat(peer.getInputStream().readAllBytes()).isEqualTo(bytes("question"));
        peer.getOutputStream().write(bytes("answer"));
        peer.shutdownOutput();
        assertThat(readAll(socket)).isEqualTo("answer");
      }
      assertThat(ssh.isAlive()).isTrue();
    }
  }

  @Test
  void localForward_nobodyListens_isRefusedWithTheReason() throws Exception {
    int closed;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = server.getLocalPort();
    }

    var result = ssh(List.of("-W", "127.0.0.1:" + closed), "", "");

    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err()).contains("open failed: connect failed: Connection refused");
  }

  @Test
  void localForward_hundredMegabytesThrough_arriveWhole() throws Exception {
    var data = random();
    Files.write(home.resolve("data"), data);
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var echo =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = target.accept()) {
                      peer.getInputStream().transferTo(peer.getOutputStream());
                    } catch (IOException e) {
                      // the digest will tell
                    }
                  });

      var result =
          client.run(
              List.of(
                  "bash",
                  "-c",
                  quoted(client.ssh(endpoint, "-W", "127.0.0.1:" + target.getLocalPort()))
                      + " alice@workspace < "
                      + home.resolve("data")
                      + " | sha256sum"));

      assertThat(result.out()).startsWith(digest(data));
      echo.join();
    }
  }

  @Test
  void remoteForward_portZero_tellsThePortAndCarries() throws Exception {
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var ssh = start(List.of("-N", "-R", "0:127.0.0.1:" + target.getLocalPort()), "");
      var port = Integer.parseInt(firstMatch(ssh, "Allocated port (\\d+) for remote forward"));

      assertThat(exchange(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), target))
          .isEqualTo("answer");

      ssh.destroy();
      until(() -> !accepts(port));
    }
  }

  /** As with sshd and GatewayPorts no. */
  @Test
  void remoteForward_ofNameOrAddress_listensOnLoopbackOnly() throws Exception {
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var to = ":127.0.0.1:" + target.getLocalPort();
      assertThat(listensOn("0" + to)).containsExactly("127.0.0.1", "::1");
      assertThat(listensOn("*:0" + to)).containsExactly("127.0.0.1", "::1");
      assertThat(listensOn("127.0.0.1:0" + to)).containsExactly("127.0.0.1");
      assertThat(listensOn("[::1]:0" + to)).containsExactly("::1");
    }
  }

  private List<String> listensOn(String forward) throws Exception {
    var ssh = start(List.of("-N", "-R", forward), "");
    var port = Integer.parseInt(firstMatch(ssh, "Allocated port (\\d+) for remote forward"));
    var found = Stream.of("127.0.0.1", "::1").filter(address -> accepts(address, port)).toList();
    ssh.destroy();
    until(() -> found.stream().noneMatch(address -> accepts(address, port)));
    return found;
  }

  @Test
  void remoteForward_cancelled_listensNoMoreAndMayBeAskedForAgain() throws Exception {
    var control = client.file("control");
    var master = start(List.of("-N", "-M", "-S", control.toString()), "");
    until(() -> Files.exists(control));
    var path = home.resolve("remote");
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var to = ":127.0.0.1:" + target.getLocalPort();
      for (var i = 0; i < 2; i++) {
        var port = Integer.parseInt(control(control, "forward", "0" + to).out().strip());
        control(control, "forward", path + to);
        var tcp = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        assertThat(exchange(tcp, target)).isEqualTo("answer");
        assertThat(exchange(UnixDomainSocketAddress.of(path), target)).isEqualTo("answer");

        control(control, "cancel", "0" + to);
        control(control, "cancel", path + to);

        until(() -> !accepts(port));
        until(() -> !Files.exists(path));
      }
    }
    assertThat(master.isAlive()).isTrue();
  }

  private SshClient.Result control(Path control, String verb, String forward) throws Exception {
    var result = ssh(List.of("-S", control.toString(), "-O", verb, "-R", forward), "", "");
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  @Test
  void localForward_toASocketFile_carries() throws Exception {
    var path = home.resolve("service");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      var serving = serveOnce(server);

      var entry = client.file("entry");
      start(List.of("-N", "-L", entry + ":" + path), "");
      until(() -> Files.exists(entry));
      try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(entry))) {
        socket.write(ByteBuffer.wrap(bytes("question")));
        socket.shutdownOutput();
        assertThat(readAll(socket)).isEqualTo("question");
      }
      serving.join();
    }
  }

  @Test
  void remoteForward_toASocketFile_isPrivateCarriesAndGoes() throws Exception {
    var path = home.resolve("remote");
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var ssh = start(List.of("-N", "-R", path + ":127.0.0.1:" + target.getLocalPort()), "");
      until(() -> Files.exists(path));
      until(() -> mode(path).equals("rw-------"));

      assertThat(exchange(UnixDomainSocketAddress.of(path), target)).isEqualTo("answer");

      ssh.destroy();
      until(() -> !Files.exists(path));
    }
  }

  @Test
  void remoteForward_existingFile_isRefused() throws Exception {
    var path = Files.writeString(home.resolve("mine"), "keep");

    var result =
        ssh(List.of("-o", "ExitOnForwardFailure=yes", "-R", path + ":127.0.0.1:1"), "true", "");

    assertThat(result.exit()).isEqualTo(255);
    assertThat(path).hasContent("keep");
  }

  @Test
  void agent_forwarded_answersInTheWorkspace() throws Exception {
    Programs.require("ssh-agent", "openssh-client");
    var socket = client.file("agent");
    var agent = client.start(List.of("ssh-agent", "-D", "-a", socket.toString()), Map.of());
    started.add(agent);
    until(() -> Files.exists(socket));
    var environment = Map.of("SSH_AUTH_SOCK", socket.toString());
    client.forgetCertificate();
    assertThat(client.run(List.of("ssh-add", "-q", "id"), new byte[0], environment).exit())
        .isZero();
    client.certify("ca", "-n", "alice");

    var result =
        client.run(
            client.ssh(
                endpoint,
                "-A",
                "alice@workspace",
                "ssh-add -L; stat -c %a $(dirname $SSH_AUTH_SOCK); dirname $SSH_AUTH_SOCK"),
            new byte[0],
            environment);

    var lines = result.out().lines().toList();
    assertThat(lines.get(0)).startsWith("ssh-ed25519 ");
    assertThat(lines.get(1)).isEqualTo("700");
    until(() -> !Files.exists(Path.of(lines.get(2))));
  }

  @Test
  void x11_forwarded_reachesTheClientsDisplay() throws Exception {
    Programs.require("xauth", "xauth");
    try (var display = new ServerSocket()) {
      var number = freeDisplay(display);
      Files.writeString(client.file("xauthority"), "");
      var environment =
          Map.of(
              "DISPLAY", "127.0.0.1:" + number, "XAUTHORITY", client.file("xauthority").toString());
      var command =
          "echo $DISPLAY; xauth list; n=${DISPLAY#*:}; exec"
              + " 3<>/dev/tcp/127.0.0.1/$((6000+${n%.*})); printf"
              + " 'B\\0\\0\\013\\0\\0\\0\\022\\0\\020\\0\\0MIT-MAGIC-COOKIE-1\\0\\0' >&3; printf"
              + " \"$(xauth list | sed 's/.* //; s/../\\\\x&/g')\" >&3; head -c 5 <&3";
      var answering =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = display.accept()) {
                      assertThat(peer.getInputStream().read()).isEqualTo('B');
                      peer.getOutputStream().write(bytes("hello"));
                    } catch (IOException e) {
                      // the client will miss the greeting
                    }
                  });

      var result =
          client.run(
              client.ssh(endpoint, "-Y", "alice@workspace", command), new byte[0], environment);

      assertThat(result.out())
          .containsPattern("localhost:\\d+\\.0\n")
          .contains("MIT-MAGIC-COOKIE-1")
          .endsWith("hello");
      answering.join();
    }
  }

  @Test
  void multiplexing_noMoreSessions_forwardsStillOpen() throws Exception {
    var control = client.file("control");
    var master =
        start(List.of("-N", "-M", "-S", control.toString(), "-o", "ControlPersist=no"), "");
    until(() -> Files.exists(control));

    var command =
        List.of("ssh", "-F", "/dev/null", "-S", control.toString(), "workspace", "exit 9");
    for (var i = 0; i < 5; i++) {
      assertThat(client.run(command).exit()).isEqualTo(9);
    }
    assertThat(master.isAlive()).isTrue();
  }
}
