package dev.gatehouse.console.terminal;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static dev.gatehouse.console.ConsoleFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.MemoryStreams;
import dev.gatehouse.console.PtyStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What commands ask and read: on a terminal, from a file, and from somebody who goes away. */
@Timeout(60)
final class InputTest {
  private static final String PEM =
      """
      -----BEGIN OPENSSH PRIVATE KEY-----
      c2VjcmV0IHNlY3JldCBzZWNyZXQ
      bW9yZSBzZWNyZXQ
      -----END OPENSSH PRIVATE KEY-----
      """;

  private final ConsoleFixture fixture = new ConsoleFixture().withKeys();
  @AutoClose private final PtyStreams terminal = new PtyStreams("xterm-256color");

  private boolean isThere() {
    return fixture.people.person(BOB.username()).isPresent();
  }

  private boolean has(int number) {
    return fixture.people.person(ALICE.username()).orElseThrow().publicKeys().contains(key(number));
  }

  @Test
  void ask_rightAnswer_goesOn() throws Exception {
    terminal
        .run(fixture.console(), ROOT, "user remove bob")
        .await("Remove bob? [y/N] ")
        .type("y\r");
    assertThat(terminal.exit()).isZero();
    assertThat(isThere()).isFalse();
  }

  @Test
  void ask_otherAnswer_changesNothing() throws Exception {
    terminal.run(fixture.console(), ROOT, "user remove bob").await("[y/N] ").type("\r");
    assertThat(terminal.exit()).isEqualTo(64);
    assertThat(terminal.plainText()).contains("gate: nothing was changed");
    assertThat(isThere()).isTrue();
  }

  @Test
  void ask_ctrlC_changesNothing() throws Exception {
    terminal.run(fixture.console(), ROOT, "user remove bob").await("[y/N] ").type("\u0003");
    assertThat(terminal.exit()).isEqualTo(130);
    assertThat(isThere()).isTrue();
  }

  @Test
  void ask_ctrlDOrClientGone_changesNothing() throws Exception {
    terminal.run(fixture.console(), ROOT, "user remove bob").await("[y/N] ").type("\u0004");
    assertThat(terminal.exit()).isEqualTo(64);
    try (var gone = new PtyStreams("xterm")) {
      gone.run(fixture.console(), ROOT, "user remove bob").await("[y/N] ").vanish();
      assertThat(gone.exit()).isIn(64, 74);
    }
    assertThat(isThere()).isTrue();
  }

  /** JLine's key for an editor of its own, which reads and writes any file of the gateway. */
  @Test
  void ask_keyOfAnEditor_opensNone() throws Exception {
    terminal.run(fixture.console(), ALICE, "keys remove alice@laptop").await("[y/N] ").forget();
    terminal.type("\u0018\u0005").type("n\r");
    assertThat(terminal.exit()).isEqualTo(64);
    assertThat(terminal.plainText()).contains("nothing was changed").doesNotContain("nano", "^G");
  }

  @Test
  void ask_json_needsYes() throws Exception {
    terminal.run(fixture.console(), ROOT, "user remove bob --json");
    assertThat(terminal.exit()).isEqualTo(64);
    assertThat(terminal.plainText()).contains("add --yes");
    assertThat(isThere()).isTrue();
  }

  @Test
  void ask_insideTheShell_goesBackToIt() throws Exception {
    terminal.run(fixture.console(), ROOT, "").await("example.com> ");
    terminal.type("user remove bob\r").await("[y/N] ").type("no\r").await("nothing was changed");
    terminal.forget().type("user remove bob\r").await("[y/N] ").type("\u0003").await("interrupted");
    terminal.type("whoami\r").await("machine types").type("exit\r");
    assertThat(terminal.exit()).isZero();
    assertThat(isThere()).isTrue();
  }

  @Test
  void readOnTerminal_keyIsPasted_isNotShown() throws Exception {
    terminal.run(fixture.console(), ALICE, "keys add").await("(it is not shown): ").forget();
    terminal.type(key(1).line() + " desk\r");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.text()).doesNotContain(key(1).base64());
    assertThat(has(1)).isTrue();
  }

  /** The other lines would be taken for commands, shown, and kept in the history. */
  @Test
  void readOnTerminal_privateKey_isSwallowedWhole() throws Exception {
    terminal.run(fixture.console(), ALICE, "").await("example.com> ");
    terminal.type("keys add\r").await("(it is not shown): ");
    terminal.type(PEM.replace('\n', '\r')).await("this is a private key");
    terminal.type("whoami\r").await("machine types").type("exit\r");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.plainText()).doesNotContain("c2Vj", "bW9y", "unknown command");
  }

  @Test
  void read_privateKey_isRefusedWithoutEcho() {
    var outcome = fixture.gate(ALICE, "keys add", PEM);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).startsWith("gate: this is a private key").doesNotContain("c2Vj");
  }

  @Test
  void words_privateKey_isRefusedWithoutEcho() {
    for (var line :
        new String[] {"keys add '%s'", "keys add %s", "%s", "user add eve --key '%s'"}) {
      var outcome = fixture.gate(ROOT, line.formatted(PEM));
      assertThat(outcome.exit()).isEqualTo(64);
      assertThat(outcome.err()).startsWith("gate: this is a private key").doesNotContain("c2Vj");
    }
  }

  @Test
  void read_endless_isCutOff() {
    var endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            given++;
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) read());
            given += length - 1;
            return length;
          }
        };
    var streams = new MemoryStreams(endless);
    assertThat(fixture.console().run(ALICE, "keys add", streams)).isEqualTo(64);
    assertThat(streams.errText()).isEqualTo("gate: the input is longer than 64 KiB\n");
    assertThat(endless.given).isEqualTo(64 * 1024 + 1);
  }

  @Test
  void read_clientGone_endsQuietly() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the channel is closed");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThat(fixture.console().run(ALICE, "keys add", new MemoryStreams(broken))).isEqualTo(74);
  }

  @Test
  void read_threadInterrupted_ends() throws Exception {
    try (var never = new PipedOutputStream();
        var in = new PipedInputStream(never)) {
      var exit = new CompletableFuture<Integer>();
      var console = fixture.console();
      var thread =
          Thread.ofVirtual()
              .start(() -> exit.complete(console.run(ALICE, "keys add", new MemoryStreams(in))));
      thread.interrupt();
      assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(130);
    }
  }
}
