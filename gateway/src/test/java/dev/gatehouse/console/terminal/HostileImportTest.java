package dev.gatehouse.console.terminal;

import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.console.MemoryStreams;
import dev.gatehouse.name.Username;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The file of a class goes through a form on the web, a spreadsheet and three people before an
 * administrator pipes it in. Whatever is in it must neither drive their terminal, nor garble names,
 * nor fill the memory, nor be taken for something else.
 */
final class HostileImportTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private Outcome importing(String file) {
    return fixture.gate(ROOT, "user import", file);
  }

  private Outcome importing(String file, Charset charset) {
    var streams = new MemoryStreams(new ByteArrayInputStream(file.getBytes(charset)));
    var exit = fixture.console().run(ROOT, "user import", streams);
    return new Outcome(exit, streams.outText(), streams.errText());
  }

  private String nameOf(String user) {
    return fixture.people.person(new Username(user)).orElseThrow().displayName();
  }

  @Test
  void escapes_inAnyCell_areRefusedAndNotSent() {
    for (var header :
        new String[] {"user,name", "name,user", "user,groups", "user,home", "user,keys"}) {
      var outcome = importing(header + "\n\u001b]0;x\u0007\u202e,\u001b[2J\u009b\n");
      assertThat(outcome.exit()).isEqualTo(65);
      assertThat(outcome.out() + outcome.err())
          .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
    }
    var outcome = importing("user,\u001b[2J\ncarol,x\n");
    assertThat(outcome.err()).contains("the first line must name").doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeffuser,name\r\ncarol,Carol Ä.\r\n",
        "user;name\r\ncarol;Carol Ä.\r\n",
        "user\tname\rcarol\tCarol Ä.\r",
        "\n\nUser , NAME\n\n carol , \"Carol Ä.\"",
        "name,user\nCarol Ä.,carol\n\n\n"
      })
  void formsOfSpreadsheets_areAllRead(String file) {
    assertThat(importing(file).err()).isEmpty();
    assertThat(nameOf("carol")).isEqualTo("Carol Ä.");
  }

  @Test
  void otherEncodings_areRefused() {
    for (var charset : new Charset[] {ISO_8859_1, UTF_16}) {
      var outcome = importing("user,name\ncarol,Carol Ä.\n", charset);
      assertThat(outcome.exit()).isEqualTo(65);
      assertThat(outcome.err()).contains("the file is not in UTF-8");
    }
    assertThat(fixture.people.people()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "carol,Carol\n",
        "user,name,user\ncarol,a,b\n",
        "user,name\n\"carol,Carol\n",
        "user,name\n\"carol\"x,Carol\n",
        "dn: uid=carol\nobjectClass posixAccount\n",
        "dn: uid=carol\nobjectClass: posixAccount\ndisplayName:< file:///etc/passwd\n",
        "dn: uid=carol\nobjectClass: posixAccount\nuid:: !!\n",
        "dn: uid=carol\nchangetype: modify\nreplace: uid\nuid: root\n-\n"
      })
  void malformed_isRefusedAsAWhole(String file) {
    var outcome = importing(file);
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).startsWith("gate: ").doesNotContain("our side", "root:x");
    assertThat(fixture.people.people()).hasSize(4);
  }

  @Test
  void unclosedQuote_isToldWithItsLine() {
    assertThat(importing("user,name\nanna,A\n\"carol,Carol\n").err()).contains("gate: line ");
  }

  @Test
  void hugeOnes_areRefused() {
    var limit = Input.MOST_OF_FILE;
    assertThat(importing("user,name\ncarol," + "x".repeat(limit)).err())
        .isEqualTo("gate: the input is longer than 8192 KiB\n");
    assertThat(importing("user,name\ncarol," + "x".repeat(limit / 2)).out())
        .startsWith("2\tcarol\twrong\tname: a name has at most 128 characters");
    assertThat(importing("user\n" + "a\n".repeat(20_000)).err())
        .isEqualTo("gate: the file has 20000 people, and may have 10000 at once\n");
  }

  @Test
  void privateKey_isRefusedWithoutEcho() {
    var outcome = importing("user,keys\ncarol,\"-----BEGIN OPENSSH PRIVATE KEY-----\nc2Vj\"\n");
    assertThat(outcome.err()).contains("private key").doesNotContain("c2Vj");
  }

  @Test
  void quotes_inNames_areKept() {
    importing("user,name\ncarol,\"O\"\"Hara, Carol\"\n");
    assertThat(nameOf("carol")).isEqualTo("O\"Hara, Carol");
  }

  /** The directory shows such characters as ?, which must not look like a change for ever. */
  @Test
  void nameThatIsShownOtherwise_isNoChangeTheSecondTime() {
    importing("user,name\ncarol,Carol – Shaw\n");
    fixture.gate(ROOT, "user edit carol --name 'Carol ? Shaw'");
    assertThat(importing("user,name\ncarol,Carol – Shaw\n").out()).contains("1 person is as");
  }
}
