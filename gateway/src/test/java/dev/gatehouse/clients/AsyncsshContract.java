package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Services;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** asyncssh, which runs many commands on one connection, and hears of signals. */
abstract class AsyncsshContract {
  @Test
  void asyncssh_exec_hasStreamsAndStatus(Laptop laptop) {
    var result = asyncssh(laptop, "exec", "cat; echo err >&2; exit 77").run("in");
    assertThat(result.exit()).as(result.stderr()).isEqualTo(77);
    assertThat(result.stdout()).isEqualTo("in");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void asyncssh_commandDiesBySignal_hearsWhich(Laptop laptop) {
    assertThat(asyncssh(laptop, "signal", "kill -TERM $$").run().ok().stdout()).isEqualTo("TERM\n");
  }

  @Test
  void asyncssh_manyCommandsAtOnce_eachHasItsOwnStatus(Laptop laptop) {
    assertThat(asyncssh(laptop, "many", "4").run().ok().stdout())
        .isEqualTo("[(0, 0), (1, 1), (2, 2), (3, 3)]\n");
  }

  @Test
  void asyncssh_shell_followsTheWindow(Laptop laptop) {
    var result = asyncssh(laptop, "shell").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(5);
    assertThat(result.stdout()).containsPattern("\\b40 100\r\n");
  }

  @Test
  void asyncssh_sftp_doesWhatItIsTold(Laptop laptop) throws Exception {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    var local = Files.write(laptop.home().resolve("a"), bytes);
    var result = asyncssh(laptop, "sftp", local.toString(), laptop.remote().toString()).run().ok();
    assertThat(result.stdout()).isEqualTo("0o100640\n");
    assertThat(laptop.home().resolve("a.back")).hasBinaryContent(bytes);
  }

  @Test
  void asyncssh_directTcpip_halfCloses(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::count));
    var result = asyncssh(laptop, "tunnel", "" + far.port(), "12345").run().ok();
    assertThat(result.stdout()).isEqualTo("got 5 bytes");
  }

  @Test
  void asyncssh_directStreamlocal_halfCloses(Laptop laptop) {
    var socket = laptop.remote().resolve("s");
    laptop.keep(Listener.unix(socket, Services::count));
    var result = asyncssh(laptop, "socket", socket.toString(), "12345").run().ok();
    assertThat(result.stdout()).isEqualTo("got 5 bytes");
  }

  private static Program asyncssh(Laptop laptop, String... action) {
    return Scripts.python(laptop, "asyncssh", action);
  }
}
