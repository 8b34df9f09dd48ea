package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Services;
import org.junit.jupiter.api.Test;

/**
 * Ruby's net-ssh, which Capistrano, Vagrant and Metasploit stand on. Debian's (7.0) knows no key
 * exchange but NIST's curves and finite-field groups, so it needs the {@code compatible} profile.
 */
abstract class NetSshContract {
  @Test
  void netSsh_exec_hasStreamsAndStatus(Laptop laptop) {
    var result = netSsh(laptop, "exec", "echo out; echo err >&2; exit 77").run();
    assertThat(result.exit()).as(result.stderr()).isEqualTo(77);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void netSsh_cat_comesBackUnchanged(Laptop laptop) {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(netSsh(laptop, "cat").run(bytes).ok().bytes()).isEqualTo(bytes);
  }

  @Test
  void netSsh_localForward_bytesGoBothWays(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::echo));
    var result = netSsh(laptop, "forward", "" + far.port()).run().ok();
    assertThat(result.stdout()).isEqualTo("12345\n");
  }

  @Test
  void netSsh_ofDebian_agreesOnACurveOfNist(Laptop laptop) {
    assertThat(netSsh(laptop, "kex").run().ok().stdout()).startsWith("ecdh-sha2-nistp");
  }

  private static Program netSsh(Laptop laptop, String... action) {
    return Scripts.ruby(laptop, action);
  }
}
