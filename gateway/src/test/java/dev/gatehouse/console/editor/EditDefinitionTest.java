package dev.gatehouse.console.editor;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.PtyStreams;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ssh -t HOST gate cluster edit}: what a person types, and what becomes of it. */
final class EditDefinitionTest {
  private static final String TEXT =
      """
      gateway: {name: example.com}
      directory: {administrators: admins}
      machineTypes:
        standard:
          cpu: 1
      """;

  private static final String ACCEPT = "\u000f";
  private static final String LEAVE = "\u0018";
  private static final String CTRL_C = "\u0003";
  private static final String TO_LINE = "\u001f";
  private static final String CUT = "\u000b";
  private static final String END = "\u0005";
  private static final String RESTORED = "\u001b[?1049l";

  private final ConsoleFixture fixture = new ConsoleFixture().definedAs(TEXT);
  private PtyStreams terminal = new PtyStreams("xterm-256color");

  @AfterEach
  void close() {
    terminal.close();
  }

  private PtyStreams open() throws InterruptedException {
    return open(80, 24);
  }

  private PtyStreams open(int columns, int rows) throws InterruptedException {
    terminal.resize(columns, rows);
    return terminal.run(fixture.console(), ROOT, "cluster edit").await("^X Leave");
  }

  private String text() {
    return fixture.definitions.current().text();
  }

  private Seen seen(int columns, int rows) {
    return Seen.of(terminal.text(), columns, rows);
  }

  /** Waits until the screen has such a row. */
  private void awaitRow(String part) throws InterruptedException {
    awaitRow(part, 80, 24);
  }

  private void awaitRow(String part, int columns, int rows) throws InterruptedException {
    terminal.await(
        sent -> Seen.of(sent, columns, rows).rows().stream().anyMatch(r -> r.contains(part)),
        "a row with " + part);
  }

  @Test
  void open_80By24_showsTitleTextAndKeys() throws Exception {
    open();
    var seen = seen(80, 24);
    assertThat(seen.rows().getFirst()).isEqualTo(" definition of example.com, revision 1");
    assertThat(seen.rows().subList(1, 6)).isEqualTo(TEXT.lines().toList());
    assertThat(seen.rows().get(22)).startsWith("^O Take");
    assertThat(seen.rows().get(23)).startsWith("^X Leave");
    assertThat(seen.cursorRow()).isEqualTo(1);
    assertThat(seen.cursorColumn()).isZero();
  }

  @Test
  void accept_changedText_isTheDefinition() throws Exception {
    open().type(TO_LINE + "5\r" + END + "6").type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo(TEXT.replace("cpu: 1", "cpu: 16"));
    assertThat(terminal.plainText())
        .contains("~ machineTypes.standard.cpu: 1 → 16", "Revision 2 is in force.");
    assertThat(fixture.definitions.current().author())
        .isEqualTo(new Author("root", "ssh from 192.0.2.77", Optional.empty()));
  }

  @Test
  void leave_unchanged_changesNothing() throws Exception {
    open().type(CTRL_C);
    awaitRow("line 1 of 6, column 1; ^X leaves");
    terminal.type(LEAVE);
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.plainText()).endsWith("Nothing is changed.\n");
    assertThat(fixture.definitions.history()).hasSize(1);
  }

  @Test
  void leave_changed_asksWhatBecomesOfIt() throws Exception {
    open().type("# a\r").type(LEAVE).await("Take the text?");
    terminal.type(CTRL_C).type("# b\r");
    awaitRow("# b");
    terminal.type(LEAVE).type("n");
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo(TEXT);
    assertThat(fixture.gate(ROOT, "cluster history").out().lines()).hasSize(1);
  }

  @Test
  void leave_changedAndWanted_isTheDefinition() throws Exception {
    open().type("# a\r").type(LEAVE).type("y");
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo("# a\n" + TEXT);
  }

  @Test
  void accept_mistake_opensAgainAtItsPlaceWithTheText() throws Exception {
    open().type(TO_LINE + "5\r" + END + "x").type(ACCEPT);
    awaitRow("cluster.yaml:5:10: machineTypes.standard.cpu must be");
    var seen = seen(80, 24);
    assertThat(seen.rows()).contains("    cpu: 1x");
    assertThat(seen.rows()).contains("nothing was changed");
    assertThat(seen.cursorRow()).isEqualTo(5);
    assertThat(seen.cursorColumn()).isEqualTo(9);
    assertThat(fixture.definitions.history()).hasSize(1);
    terminal.type(END + "\u007f" + "2").type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo(TEXT.replace("cpu: 1", "cpu: 12"));
  }

  @Test
  void accept_whileSomebodyElseHasChangedIt_showsTheirChangeAndKeepsTheText() throws Exception {
    open().type("# mine\r");
    awaitRow("# mine");
    var theirs = TEXT.replace("cpu: 1", "cpu: 4");
    fixture.definitions.change(1, theirs, new Author("bob", "ssh from ::1", Optional.empty()));
    terminal.type(ACCEPT);
    awaitRow("bob changed the definition at 10:00 UTC (revision 2)");
    assertThat(seen(80, 24).rows())
        .contains("#! -    cpu: 1", "#! +    cpu: 4", "# mine", "    cpu: 1")
        .first()
        .isEqualTo(" definition of example.com, revision 2                                  changed");
    terminal.forget().type(ACCEPT).await("bob saved revision 2 while you wrote.").type("n\r");
    terminal.await("nothing was changed").type(ACCEPT).await("[y/N]").type("y\r");
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo("# mine\n" + TEXT);
    assertThat(fixture.definitions.current().number()).isEqualTo(3);
  }

  @Test
  void accept_endsSessions_asksAndOpensAgainOnNo() throws Exception {
    fixture.gateway.connect(1, ALICE, "c");
    fixture.gateway.ending = "ends all";
    open().type("# ends all\r").type(ACCEPT);
    terminal.await("This ends 1 session (alice). Go on? [y/N]").forget().type("n\r");
    awaitRow("nothing was changed");
    assertThat(seen(80, 24).rows()).contains("# ends all");
    terminal.type(ACCEPT).await("Go on? [y/N]").type("y\r");
    assertThat(terminal.exit()).isZero();
    assertThat(text()).startsWith("# ends all\n");
  }

  /** A train goes into a tunnel. */
  @Test
  void connection_isLost_keepsTheTextForTheNextTime() throws Exception {
    var console = fixture.console();
    terminal.run(console, ROOT, "cluster edit").await("^X Leave").type("# half an hour's work\r");
    awaitRow("# half an hour's work");
    terminal.vanish();
    terminal.exit();
    assertThat(text()).isEqualTo(TEXT);
    terminal = new PtyStreams("xterm-256color");
    terminal.run(console, ROOT, "cluster edit").await("^X Leave");
    awaitRow("this is the text that you were writing before");
    assertThat(seen(80, 24).rows()).contains("# half an hour's work");
    terminal.type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo("# half an hour's work\n" + TEXT);
  }

  @Test
  void window_changes_isFilledAnew() throws Exception {
    fixture.definedAs(TEXT + IntStream.range(6, 100).mapToObj("# line %d\n"::formatted).reduce("", String::concat));
    open().type("\u001b/");
    awaitRow("# line 99");
    terminal.forget();
    terminal.resize(40, 12);
    awaitRow("^X Leave", 40, 12);
    var seen = seen(40, 12);
    assertThat(seen.rows()).hasSize(12);
    assertThat(seen.rows().get(7)).isEqualTo("# line 99");
    assertThat(seen.cursorRow()).isEqualTo(8);
    terminal.forget();
    terminal.resize(132, 50);
    awaitRow("# line 60", 132, 50);
    terminal.forget();
    terminal.resize(20, 3);
    awaitRow("# line 99", 20, 3);
    terminal.type(LEAVE);
    assertThat(terminal.exit()).isZero();
  }

  @Test
  void paste_manyLines_isTakenAsItIs() throws Exception {
    var pasted = IntStream.range(0, 500).mapToObj("  # %d\ttab\r"::formatted).reduce("", String::concat);
    open().type("\u001b[200~" + pasted + "\u001b[201~").type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo(pasted.replace('\r', '\n') + TEXT);
  }

  /** At a prompt, 4096 bytes without Enter are too long a line. */
  @Test
  void keys_withoutAnyEnter_doNotEndTheInput() throws Exception {
    open();
    for (var i = 0; i < 3000; i++) {
      terminal.type(i % 2 == 0 ? "\u001b[B" : "\u001b[A");
    }
    terminal.type("# still here\r").type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo("# still here\n" + TEXT);
  }

  @Test
  void textOfDosWithoutAnEnd_staysSo() throws Exception {
    fixture.definedAs(TEXT.replace("\n", "\r\n") + "# end");
    open().type("# a\r").type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo("# a\r\n" + TEXT.replace("\n", "\r\n") + "# end");
  }

  /** YAML allows U+202E, which would turn the line around. */
  @Test
  void text_thatSteersTerminals_isShownHarmless() throws Exception {
    fixture.definedAs(TEXT + "# \u202e evil \u0085\n");
    open();
    awaitRow("# ? evil");
    assertThat(terminal.text()).doesNotContain("\u202e", "\u0085");
    terminal.type("# a\r").type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).isEqualTo("# a\n" + TEXT + "# \u202e evil \u0085\n");
  }

  @Test
  void wideRows_areScrolledToTheCursor() throws Exception {
    fixture.definedAs(TEXT + "# " + "宽".repeat(100) + "end\n");
    open();
    assertThat(seen(80, 24).rows().get(6)).endsWith(">");
    terminal.type(TO_LINE + "6\r" + END + "!");
    awaitRow("end!");
    terminal.type(ACCEPT);
    assertThat(terminal.exit()).isZero();
    assertThat(text()).endsWith("宽end!\n");
  }

  /**
   * nano has keys that open, write, browse and run. Here each key that there is moves, changes the
   * text in memory, or does nothing; those that leave are tried elsewhere.
   */
  @Test
  void eachKey_inTurn_leavesTheEditorOpenAndNothingSaved() throws Exception {
    open();
    for (var c = 0; c < ' '; c++) {
      if ("\u000f\u0013\u0018\u0011\u0017\u0006\u001f".indexOf(c) < 0) {
        terminal.type(Character.toString(c));
      }
    }
    for (var c = ' '; c < 0x7f; c++) {
      if ("gG[O".indexOf(c) < 0) {
        terminal.type("\u001b" + c);
      }
    }
    for (var i = 1; i <= 34; i++) {
      terminal.type("\u001b[%d~".formatted(i));
    }
    terminal.type("\u001bOP\u001bOQ\u001bOR\u001bOS\u001b[Z");
    // Prompts take words, and nothing that is done with them reads a file.
    terminal.type("\u0017/etc/passwd\r").type("\u0012/etc/passwd\r").type("\u0014id\r");
    terminal.type("marker");
    awaitRow("marker");
    assertThat(terminal.text()).doesNotContain("root:x:", "uid=");
    terminal.type(LEAVE).await("Take the text?").type("n");
    assertThat(terminal.exit()).isZero();
    assertThat(fixture.definitions.history()).hasSize(1);
  }

  @Test
  void terminal_afterwards_isAsBefore() throws Exception {
    terminal.run(fixture.console(), ROOT, "").await("example.com> ");
    terminal.type("cluster edit\r").await("^X Leave").type(LEAVE).await("Nothing is changed.");
    assertThat(terminal.text()).contains(RESTORED, "\u001b[?2004l");
    terminal.await(s -> s.lastIndexOf("example.com> ") > s.indexOf("Nothing is changed."), "a prompt");
    terminal.forget().type("whoami\r").await("machine types");
    terminal.type("abc\u0003whoami\r").await("machine types").type("exit\r");
    assertThat(terminal.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumb", "emacs", ""})
  void open_terminalWithoutCursor_saysHowElse(String type) throws Exception {
    terminal = new PtyStreams(type);
    terminal.run(fixture.console(), ROOT, "cluster edit");
    assertThat(terminal.exit()).isEqualTo(64);
    assertThat(terminal.plainText()).contains("give the whole text on stdin, without ssh -t");
  }

  @Test
  void help_isShownUntilTheNextKey() throws Exception {
    open().type("\u0007");
    awaitRow("^O takes the text, after a check.");
    terminal.type("\u001b[B");
    terminal.await(
        sent -> seen(80, 24).rows().stream().noneMatch(r -> r.contains("after a check")),
        "no help");
    terminal.type(CUT).type(LEAVE).type("n");
    assertThat(terminal.exit()).isZero();
  }
}
