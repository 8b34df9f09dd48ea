package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Services;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The npm package ssh2, which editors and their extensions embed. */
abstract class NodeSsh2Contract {
  @Test
  void node_exec_hasStreamsAndStatus(Laptop laptop) {
    var result = Scripts.node(laptop, "exec", "echo out; echo err >&2; exit 77").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(77);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void node_cat_comesBackUnchanged(Laptop laptop) {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(Scripts.node(laptop, "exec", "cat").run(bytes).ok().bytes()).isEqualTo(bytes);
  }

  @Test
  void node_commandDiesBySignal_hearsWhich(Laptop laptop) {
    var result = Scripts.node(laptop, "exec", "kill -TERM $$").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(71);
    assertThat(result.stdout()).isEqualTo("signal SIGTERM\n");
  }

  @Test
  void node_shell_followsTheWindow(Laptop laptop) {
    var result = Scripts.node(laptop, "shell").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(5);
    assertThat(result.stdout()).containsPattern("\\b40 100\r\n");
  }

  @Test
  void node_sftp_doesWhatItIsTold(Laptop laptop) throws Exception {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    var local = Files.write(laptop.home().resolve("a"), bytes);
    var remote = laptop.remote().toString();
    var result = Scripts.node(laptop, "sftp", local.toString(), remote).run().ok();
    assertThat(result.stdout()).isEqualTo("b\n");
    assertThat(laptop.home().resolve("a.back")).hasBinaryContent(bytes);
  }

  @Test
  void node_directTcpip_halfCloses(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::count));
    var result = Scripts.node(laptop, "tunnel", "" + far.port(), "12345").run().ok();
    assertThat(result.stdout()).isEqualTo("got 5 bytes");
  }

  @Test
  void node_directStreamlocal_halfCloses(Laptop laptop) {
    var socket = laptop.remote().resolve("s");
    laptop.keep(Listener.unix(socket, Services::count));
    var result = Scripts.node(laptop, "socket", socket.toString(), "12345").run().ok();
    assertThat(result.stdout()).isEqualTo("got 5 bytes");
  }

  @Test
  void node_tcpipForward_bytesGoBothWays(Laptop laptop) {
    assertThat(Scripts.node(laptop, "reverse").run().ok().stdout()).isEqualTo("ping pong");
  }
}
