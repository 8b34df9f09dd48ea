package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ssh host command}: streams, statuses and how they end. */
abstract class OpenSshExecContract {
  private static final Path ENDLESS = Path.of("/dev/zero");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 77, 255})
  void exec_exitsWithStatus_clientExitsWithIt(int status, Laptop laptop) {
    assertThat(laptop.ssh("exit " + status).exit()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void exec_diesBySignal_clientHearsWhich(String signal, Laptop laptop) {
    var result = laptop.openssh("-v", HOST, "kill -" + signal + " $$").run();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains("rtype exit-signal").doesNotContain("rtype exit-status");
  }

  @Test
  void exec_writesBothStreams_theyStayApart(Laptop laptop) {
    var result = laptop.ssh("echo out; echo err >&2");
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void exec_floodsBothStreams_nothingIsLost(Laptop laptop) {
    var megabyte = "head -c 1000000 /dev/zero | tr '\\0' ";
    var result = laptop.ssh("(" + megabyte + "e >&2) & " + megabyte + "o; wait; exit 3");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("o".repeat(1_000_000));
    assertThat(result.stderr()).isEqualTo("e".repeat(1_000_000));
  }

  @Test
  void exec_allByteValuesThroughCat_comeBackUnchanged(Laptop laptop) {
    var bytes = allByteValues(300_000);
    var result = laptop.openssh(HOST, "cat").run(bytes).ok();
    assertThat(result.bytes()).isEqualTo(bytes);
    assertThat(result.stderr()).isEmpty();
  }

  @Test
  void exec_outputWithoutNewline_isNotTouched(Laptop laptop) {
    assertThat(laptop.ssh("printf '\\000\\r\\n~.'").bytes())
        .containsExactly(0, '\r', '\n', '~', '.');
  }

  @Test
  void stdin_closes_commandSeesEofAndStillAnswers(Laptop laptop) {
    var result = laptop.openssh(HOST, "wc -c; echo after; exit 4").run("12345");
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.stdout()).isEqualTo("5\nafter\n");
  }

  @Test
  void stdin_isClosedFromTheStart_commandSeesEof(Laptop laptop) {
    assertThat(laptop.openssh("-n", HOST, "cat; echo done").run().stdout()).isEqualTo("done\n");
  }

  @Test
  void stdin_isEndlessButCommandReadsLittle_clientEnds(Laptop laptop) {
    var result = laptop.openssh(HOST, "head -c 1 | wc -c").reading(ENDLESS).run().ok();
    assertThat(result.stdout()).isEqualTo("1\n");
  }

  @Test
  void stdout_closesEarly_stdinAndStatusGoOn(Laptop laptop) {
    var counted = laptop.remote().resolve("counted");
    var result =
        laptop
            .openssh(HOST, "exec >&- 2>&-; wc -c > " + counted + "; exit 5")
            .run(new byte[1_000_000]);
    assertThat(result.exit()).isEqualTo(5);
    assertThat(Folders.read(counted)).isEqualTo("1000000\n");
  }

  @Test
  void stdout_losesItsReader_remoteWriterEnds(Laptop laptop) {
    var ended = laptop.remote().resolve("ended");
    var pipe = laptop.sshCommand() + " " + HOST + " 'yes; echo $? > " + ended + "' | head -1";
    assertThat(laptop.program("sh", "-c", pipe).run().stdout()).isEqualTo("y\n");
    // 128 + SIGPIPE, or yes's own 1 where the remote shell ignores that signal.
    assertThat(Folders.read(ended)).isIn("141\n", "1\n");
  }

  @Test
  void exec_leavesBackgroundChild_clientDoesNotWaitForIt(Laptop laptop) {
    // The child ends when its fifo is opened, so that the test leaves nothing behind.
    var fifo = laptop.remote().resolve("fifo");
    var waiting = "cat " + fifo + " >/dev/null 2>&1 </dev/null";
    var result = laptop.ssh("mkfifo " + fifo + "; nohup " + waiting + " & echo gone");
    assertThat(result.stdout()).isEqualTo("gone\n");
    assertThat(laptop.ssh("echo alive | tee " + fifo).stdout()).isEqualTo("alive\n");
  }

  @Test
  void exec_withoutTerminal_hasNone(Laptop laptop) {
    assertThat(laptop.ssh("tty").stdout()).isEqualTo("not a tty\n");
  }

  @Test
  void exec_lineOf100Kilobytes_arrivesWhole(Laptop laptop) {
    var line = "printf %s " + "x".repeat(100_000) + " | wc -c";
    assertThat(laptop.ssh(line).stdout()).isEqualTo("100000\n");
  }

  @Test
  void exec_lineWithQuotesNewlinesAndUnicode_arrivesUnchanged(Laptop laptop) {
    var result = laptop.ssh("printf '%s|' 'a \"b\"' \"it's\" '\nü€😀' '$HOME'");
    assertThat(result.stdout()).isEqualTo("a \"b\"|it's|\nü€😀|$HOME|");
  }

  @Test
  void env_localeIsSent_commandHasIt(Laptop laptop) {
    var result =
        laptop
            .openssh("-oSendEnv=LANG LC_*", HOST, "echo $LANG $LC_TIME $LC_GATEHOUSE")
            .with("LANG", "de_DE.UTF-8")
            .with("LC_TIME", "C")
            .with("LC_GATEHOUSE", "own")
            .run();
    assertThat(result.stdout()).isEqualTo("de_DE.UTF-8 C own\n");
  }

  @Test
  void env_thatRunsCodeIsSent_commandLacksIt(Laptop laptop) {
    var result =
        laptop
            .openssh("-oSetEnv=BASH_ENV=/x LD_PRELOAD=/x", HOST, "echo \"[$BASH_ENV$LD_PRELOAD]\"")
            .run();
    assertThat(result.stdout()).isEqualTo("[]\n");
  }

  @Test
  void shell_withoutTerminal_runsScriptFromStdin(Laptop laptop) {
    var result = laptop.openssh("-T", HOST).run("echo \"[$-]\"\nexit 6\n");
    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.stdout()).contains("[").doesNotContain("i]");
  }

  @Test
  void exec_startsInTheHomeFolder(Laptop laptop) {
    assertThat(laptop.ssh("pwd").stdout().strip()).isEqualTo(laptop.target().home().toString());
  }

  @Test
  void subsystem_unknown_isRefused(Laptop laptop) {
    var result = laptop.openssh("-s", HOST, "nosuch").run();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains("subsystem request failed on channel 0");
  }

  @Test
  void keepalive_whileCommandIsSilent_connectionStays(Laptop laptop) {
    var result =
        laptop
            .openssh("-vvvoServerAliveInterval=1", "-oServerAliveCountMax=1", HOST, "sleep 2.5")
            .within(Duration.ofSeconds(20))
            .run()
            .ok();
    assertThat(result.stderr()).contains("send packet: type 80");
  }

  @Test
  void exec_thatSaysNothing_leavesBothStreamsEmpty(Laptop laptop) {
    // IDEs parse stdout from the first byte on: no banner, no message of the day.
    var result = laptop.ssh("true");
    assertThat(result.bytes()).isEmpty();
    assertThat(result.stderr()).isEmpty();
  }

  static byte[] allByteValues(int length) {
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }
}
