package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Services;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** paramiko, which Ansible, Fabric and many scripts of data scientists stand on. */
abstract class ParamikoContract {
  @Test
  void paramiko_exec_hasStreamsAndStatus(Laptop laptop) {
    var result = paramiko(laptop, "exec", "echo out; echo err >&2; exit 77").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(77);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void paramiko_cat_comesBackUnchanged(Laptop laptop) {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(paramiko(laptop, "exec", "cat").run(bytes).ok().bytes()).isEqualTo(bytes);
  }

  @Test
  void paramiko_neverClosesStdin_stillGetsOutputAndStatus(Laptop laptop) {
    var result = paramiko(laptop, "exec-open", "echo out; exit 3").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("out\n");
  }

  @Test
  void paramiko_sftp_doesWhatItIsTold(Laptop laptop) throws Exception {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    var local = Files.write(laptop.home().resolve("a"), bytes);
    var result = paramiko(laptop, "sftp", local.toString(), laptop.remote().toString()).run().ok();
    assertThat(result.stdout()).isEqualTo("0o100640 ['b', 'link']\n3000004\n");
    assertThat(laptop.home().resolve("a.back")).hasBinaryContent(bytes);
  }

  @Test
  void paramiko_sftpTruncates_fileGrowsAndShrinks(Laptop laptop) throws Exception {
    var file = laptop.remote().resolve("a");
    var result = paramiko(laptop, "sftp-truncate", file.toString()).run().ok();
    assertThat(result.stdout()).isEqualTo("100000\n200000\n3\n");
    assertThat(file).hasContent("123");
  }

  @Test
  void paramiko_sftpLinksRelativePath_beginsAtHome(Laptop laptop) {
    Tree.write(laptop.remote().resolve("a"), "content");
    var relative = laptop.target().home().relativize(laptop.remote()).toString();
    paramiko(laptop, "sftp-hardlink", relative + "/a", relative + "/b").run().ok();
    assertThat(laptop.remote().resolve("b")).hasContent("content");
  }

  @Test
  void paramiko_directTcpip_halfCloses(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::count));
    var result = paramiko(laptop, "tunnel", "" + far.port(), "12345").run().ok();
    assertThat(result.stdout()).isEqualTo("got 5 bytes");
  }

  @Test
  void paramiko_directTcpipIsRefused_reasonIsConnectFailed(Laptop laptop) {
    var result = paramiko(laptop, "refused", "" + Ports.free()).run().ok();
    assertThat(result.stdout()).isEqualTo("2\n");
  }

  @Test
  void paramiko_tcpipForward_bytesGoBothWays(Laptop laptop) {
    assertThat(paramiko(laptop, "reverse").run().ok().stdout()).isEqualTo("ping pong\n");
  }

  @Test
  void paramiko_shell_followsTheWindow(Laptop laptop) {
    var result = paramiko(laptop, "shell").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(5);
    assertThat(result.stdout()).containsPattern("\\b40 100\r\n");
  }

  @Test
  void paramiko_asksForTerminalAndLeaves_connectionGoesOn(Laptop laptop) {
    paramiko(laptop, "pty-only").run().ok();
  }

  private static Program paramiko(Laptop laptop, String... action) {
    return Scripts.python(laptop, "paramiko", action);
  }
}
