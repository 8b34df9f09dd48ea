package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Dropbear's client, whose windows of 24 KB are the smallest around. */
abstract class DropbearContract {
  @Test
  void dbclient_exec_hasStreamsAndStatus(Laptop laptop) {
    var result = dbclient(laptop).and("echo out; echo err >&2; exit 77").run();
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).contains("err\n");
  }

  @Test
  void dbclient_cat_comesBackUnchanged(Laptop laptop) {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(dbclient(laptop).and("cat").run(bytes).ok().bytes()).isEqualTo(bytes);
  }

  @Test
  void dbclient_shell_followsTheWindow(Laptop laptop) {
    var window = laptop.terminal(dbclient(laptop));
    window.type("PS1='rea''dy> '\r");
    window.await("ready> ");
    window.resize(101, 33);
    // The client learns of it by a signal, so that what is typed next may well overtake it.
    window.type("until [ \"$(stty size)\" = '33 101' ]; do sleep 0.1; done; echo re''sized\r");
    window.await("resized");
  }

  @Test
  void dbclient_localForward_echoComesBack(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::echo));
    var port = Ports.free();
    laptop.start(dbclient(laptop, "-N", "-L", port + ":127.0.0.1:" + far.port()));
    Poll.until("the tunnel works", () -> Dial.tcp(port).exchange("hello").equals("hello"));
  }

  @Test
  void dbclient_remoteForward_echoComesBack(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::echo));
    var port = Ports.free();
    laptop.start(dbclient(laptop, "-N", "-R", port + ":127.0.0.1:" + far.port()));
    Poll.until("the tunnel works", () -> Dial.tcp(port).exchange("hello").equals("hello"));
  }

  private static Program dbclient(Laptop laptop, String... options) {
    var dbclient = Programs.require("dbclient", "dropbear-bin").toString();
    var target = laptop.target();
    // Its known_hosts has no ports, so -y -y: no check of the host key.
    return laptop
        .program(dbclient, "-y", "-y", "-i", key(laptop).toString(), "-p", "" + target.port())
        .and(options)
        .and(target.login() + "@" + target.host());
  }

  private static Path key(Laptop laptop) {
    var key = laptop.home().resolve("dropbear-key");
    if (!Files.exists(key)) {
      var identity = laptop.target().identity().toString();
      laptop.program("dropbearconvert", "openssh", "dropbear", identity, key.toString()).run().ok();
    }
    return key;
  }
}
