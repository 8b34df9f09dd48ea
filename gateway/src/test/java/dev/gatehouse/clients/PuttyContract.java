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

/**
 * PuTTY's command-line tools. PuTTY probes its window with a channel request that nobody knows
 * ({@code winadj@putty.projects.tartarus.org}) and counts the refusals.
 */
abstract class PuttyContract {
  @Test
  void plink_exec_hasStreamsAndStatus(Laptop laptop) {
    var result = plink(laptop).and("echo out; echo err >&2; exit 77").run();
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).contains("err\n");
  }

  @Test
  void plink_cat_comesBackUnchanged(Laptop laptop) {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(plink(laptop).and("cat").run(bytes).ok().bytes()).isEqualTo(bytes);
  }

  @Test
  void plink_hasOtherHostKey_refusesToGoOn(Laptop laptop) {
    var other = "SHA256:" + "A".repeat(43);
    var options = new String[] {"-batch", "-P", "" + laptop.target().port(), "-hostkey", other};
    var result =
        laptop
            .program(Programs.require("plink", "putty-tools").toString(), options)
            .and(laptop.target().login() + "@" + laptop.target().host(), "true")
            .run();
    assertThat(result.exit()).isNotZero();
    assertThat(result.stderr()).contains("Host key not in manually configured list");
  }

  @Test
  void plink_shell_followsTheWindow(Laptop laptop) {
    var window = laptop.terminal(plink(laptop, "-t"));
    window.type("PS1='rea''dy> '\r");
    window.await("ready> ");
    window.type("stty size; exit 5\r");
    window.await("24 80\\r\\n");
    assertThat(window.exit()).isEqualTo(5);
  }

  @Test
  void plink_localForward_echoComesBack(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::echo));
    var port = Ports.free();
    laptop.start(plink(laptop, "-N", "-L", port + ":127.0.0.1:" + far.port()));
    Poll.until("the tunnel works", () -> Dial.tcp(port).exchange("hello").equals("hello"));
  }

  @Test
  void plink_stdioForward_halfCloses(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::count));
    var result = plink(laptop, "-nc", "127.0.0.1:" + far.port()).run("12345").ok();
    assertThat(result.stdout()).isEqualTo("got 5 bytes");
  }

  @Test
  void psftp_putsAndGets_isUnchanged(Laptop laptop) throws Exception {
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    Files.write(laptop.home().resolve("a"), bytes);
    var batch = "cd %s\nput a\nmv a b\nchmod 640 b\nget b back\nls\n".formatted(laptop.remote());
    Files.writeString(laptop.home().resolve("batch"), batch);
    var result = putty(laptop, "psftp", "-b", "batch").run().ok();
    assertThat(laptop.remote().resolve("b")).hasBinaryContent(bytes);
    assertThat(laptop.home().resolve("back")).hasBinaryContent(bytes);
    assertThat(result.stdout()).contains("-rw-r-----");
  }

  @Test
  void pscp_thereAndBack_isUnchanged(Laptop laptop) {
    Tree.make(laptop.home().resolve("tree"), 20);
    var there = laptop.target().login() + "@" + laptop.target().host() + ":" + laptop.remote();
    tool(laptop, "pscp", "-q", "-r", "tree", there).run().ok();
    assertThat(Tree.read(laptop.remote().resolve("tree")))
        .isEqualTo(Tree.read(laptop.home().resolve("tree")));
  }

  private static Program plink(Laptop laptop, String... options) {
    return putty(laptop, "plink", options);
  }

  private static Program putty(Laptop laptop, String tool, String... options) {
    var target = laptop.target();
    return tool(laptop, tool, options).and(target.login() + "@" + target.host());
  }

  private static Program tool(Laptop laptop, String tool, String... options) {
    var program = Programs.require(tool, "putty-tools").toString();
    var port = "" + laptop.target().port();
    return laptop
        .program(program, "-batch", "-P", port, "-hostkey", laptop.hostKey().fingerprint())
        .and("-i", key(laptop).toString())
        .and(options);
  }

  private static Path key(Laptop laptop) {
    var key = laptop.home().resolve("key.ppk");
    if (!Files.exists(key)) {
      var identity = laptop.target().identity().toString();
      laptop.program("puttygen", identity, "-O", "private", "-o", key.toString()).run().ok();
    }
    return key;
  }
}
