package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Services;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** TCP tunnels: {@code -L}, {@code -R}, {@code -D} and {@code -W}. */
abstract class ForwardingContract {
  private static final int PARALLEL = 50;

  @Test
  void localForward_echo_comesBackUnchanged(Laptop laptop) {
    var port = localForwardTo(laptop, Services::echo);
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(Dial.tcp(port).exchange(bytes)).isEqualTo(bytes);
  }

  @Test
  void localForward_nearSideClosesItsDirection_farSideStillAnswers(Laptop laptop) {
    var port = localForwardTo(laptop, Services::count);
    assertThat(Dial.tcp(port).exchange("12345")).isEqualTo("got 5 bytes");
  }

  @Test
  void localForward_farSideClosesItsDirection_nearSideSeesEof(Laptop laptop) {
    var port = localForwardTo(laptop, Services::greet);
    assertThat(Dial.tcp(port).listen()).isEqualTo("hello");
  }

  @Test
  void localForward_manyAtOnce_eachGetsItsOwn(Laptop laptop) throws Exception {
    var port = localForwardTo(laptop, Services::echo);
    try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, PARALLEL)
                  .<Callable<String>>mapToObj(
                      i -> () -> Dial.tcp(port).exchange(("n" + i + ";").repeat(10_000)))
                  .toList());
      assertThat(answers.stream().map(Future::resultNow))
          .containsExactlyElementsOf(
              IntStream.range(0, PARALLEL).mapToObj(i -> ("n" + i + ";").repeat(10_000)).toList());
    }
  }

  @Test
  void localForward_nobodyListensThere_clientSaysConnectFailed(Laptop laptop) {
    var port = Ports.free();
    var ssh = Tunnel.open(laptop, "-L", port + ":127.0.0.1:" + Ports.free());
    assertThat(Dial.tcp(port).listen()).isEmpty();
    ssh.awaitStderr("open failed: connect failed: Connection refused");
    // Only that channel was refused, and the connection lives on.
    assertThat(Dial.tcp(port).listen()).isEmpty();
    assertThat(ssh.isAlive()).isTrue();
  }

  @Test
  void localForward_unknownHost_clientSaysConnectFailed(Laptop laptop) {
    var port = Ports.free();
    var ssh = Tunnel.open(laptop, "-L", port + ":no-such-host.invalid:80");
    assertThat(Dial.tcp(port).listen()).isEmpty();
    ssh.awaitStderr("open failed: connect failed");
  }

  @Test
  void localForward_readerStalls_othersGoOn(Laptop laptop) throws Exception {
    var endless = laptop.keep(Listener.tcp(Services::zeros));
    var port = Ports.free();
    var ssh =
        laptop.start(
            laptop
                .openssh("-L", port + ":127.0.0.1:" + endless.port(), HOST)
                .and("echo up; read go; head -c 100000000 /dev/zero | wc -c")
                .typed());
    ssh.awaitStdout("up\n");
    try (var stalled = Dial.tcp(port).connect()) {
      stalled.read(ByteBuffer.allocate(1));
      ssh.type("\n");
      assertThat(ssh.awaitStdout("100000000\n").group()).isNotEmpty();
    }
  }

  @Test
  void localForward_readerStallsThenReads_getsAll(Laptop laptop) throws Exception {
    var port = localForwardTo(laptop, Services::zeros);
    try (var slow = Dial.tcp(port).connect();
        var quick = Dial.tcp(port).connect()) {
      slow.read(ByteBuffer.allocate(1));
      readFully(quick, 50_000_000);
      readFully(slow, 50_000_000);
    }
  }

  @Test
  void remoteForward_toPortZero_allocatedPortIsSaidAndServed(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::count));
    var ssh = Tunnel.open(laptop, "-R", "0:127.0.0.1:" + far.port());
    var port = ssh.awaitStderr("Allocated port (\\d+) for remote forward to").group(1);
    assertThat(Dial.tcp(Integer.parseInt(port)).exchange("1234")).isEqualTo("got 4 bytes");
  }

  @Test
  void remoteForward_twoPortsZero_eachGoesToItsTarget(Laptop laptop) {
    var first = laptop.keep(Listener.tcp(Services::greet));
    var second = laptop.keep(Listener.tcp(Services::echo));
    var ssh =
        Tunnel.open(
            laptop, "-R", "0:127.0.0.1:" + first.port(), "-R", "0:127.0.0.1:" + second.port());
    var allocated = "Allocated port (\\d+) for remote forward to 127.0.0.1:";
    var toFirst = ssh.awaitStderr(allocated + first.port()).group(1);
    var toSecond = ssh.awaitStderr(allocated + second.port()).group(1);
    assertThat(Dial.tcp(Integer.parseInt(toFirst)).listen()).isEqualTo("hello");
    assertThat(Dial.tcp(Integer.parseInt(toSecond)).exchange("abc")).isEqualTo("abc");
  }

  @Test
  void remoteForward_givenPort_bytesGoBothWays(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::echo));
    var port = Ports.free();
    Tunnel.open(laptop, "-R", port + ":127.0.0.1:" + far.port());
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(Dial.tcp(port).exchange(bytes)).isEqualTo(bytes);
  }

  @Test
  void remoteForward_portIsTaken_isRefused(Laptop laptop) {
    // By another forward: sshd binds 127.0.0.1 and ::1, and is content with one of them.
    var taken = Ports.free();
    Tunnel.open(laptop, "-R", taken + ":127.0.0.1:9");
    var result = laptop.openssh("-N", "-R", taken + ":127.0.0.1:9", HOST).run();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains("remote port forwarding failed for listen port " + taken);
  }

  @Test
  void remoteForward_clientEnds_portIsFreeAgain(Laptop laptop) {
    var port = Ports.free();
    var ssh = Tunnel.open(laptop, "-R", port + ":127.0.0.1:9");
    assertThat(Ports.isFree(port)).isFalse();
    ssh.kill();
    Poll.until("port " + port + " is free again", () -> Ports.isFree(port));
  }

  @Test
  void remoteForward_farTargetRefuses_connectionIsClosed(Laptop laptop) {
    var port = Ports.free();
    Tunnel.open(laptop, "-R", port + ":127.0.0.1:" + Ports.free());
    assertThat(Dial.tcp(port).listen()).isEmpty();
  }

  @Test
  void dynamicForward_curlBySocks_getsPage(Laptop laptop) {
    Programs.require("curl", "curl");
    var http = laptop.keep(Listener.tcp(Services::http));
    var port = Ports.free();
    Tunnel.open(laptop, "-D", "127.0.0.1:" + port);
    assertThat(curl(laptop, port, http.port())).isEqualTo("/page");
  }

  @Test
  void remoteDynamicForward_curlBySocks_getsPage(Laptop laptop) {
    Programs.require("curl", "curl");
    var http = laptop.keep(Listener.tcp(Services::http));
    var port = Ports.free();
    Tunnel.open(laptop, "-R", "" + port);
    assertThat(curl(laptop, port, http.port())).isEqualTo("/page");
  }

  @Test
  void stdioForward_asProxyCommandsUseIt_isClean(Laptop laptop) {
    var echo = laptop.keep(Listener.tcp(Services::echo));
    var bytes = OpenSshExecContract.allByteValues(300_000);
    var result = laptop.openssh("-W", "127.0.0.1:" + echo.port(), HOST).run(bytes).ok();
    assertThat(result.bytes()).isEqualTo(bytes);
  }

  private static int localForwardTo(Laptop laptop, Listener.Service service) {
    var far = laptop.keep(Listener.tcp(service));
    var port = Ports.free();
    Tunnel.open(laptop, "-L", port + ":127.0.0.1:" + far.port());
    return port;
  }

  private static String curl(Laptop laptop, int socks, int http) {
    var proxy = "127.0.0.1:" + socks;
    var url = "http://localhost:" + http + "/page";
    return laptop.program("curl", "-sS", "--socks5-hostname", proxy, url).run().ok().stdout();
  }

  private static void readFully(SocketChannel connection, int bytes) throws IOException {
    var buffer = ByteBuffer.allocate(64 * 1024);
    for (var total = 0; total < bytes; ) {
      var read = connection.read(buffer.clear());
      assertThat(read).isPositive();
      total += read;
    }
  }
}
