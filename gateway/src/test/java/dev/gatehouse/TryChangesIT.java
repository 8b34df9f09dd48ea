package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Terminal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The definition of {@code gatehouse try}, changed over ssh by an administrator. */
final class TryChangesIT {
  private static final String ACCEPT = "\u000f";
  private static final Path SHIPPED = Path.of("../config/cluster.yaml");

  private final TryHome home = new TryHome();
  private TryGateway gateway;

  @BeforeEach
  void start() {
    gateway = home.start();
  }

  @AfterEach
  void close() {
    gateway.close();
    home.close();
  }

  private Result gate(String line) {
    return gateway.ssh("gate " + line).run();
  }

  private Result gate(String line, String stdin) {
    return gateway.ssh("gate " + line).run(stdin);
  }

  /** In a terminal window of 80 by 24. */
  private Terminal gateInTerminal(String line) {
    var ssh = gateway.shellCommand().replaceFirst("^ssh ", "ssh -t ") + " gate " + line;
    return Terminal.open(gateway.paste(ssh), 80, 24);
  }

  private Result inWorkspace(String workspace, String command) {
    var login = System.getProperty("user.name") + "+" + workspace;
    var ssh = gateway.shellCommand().replaceFirst("^ssh ", "ssh -l " + login + " ");
    return gateway.paste(ssh + " " + command).run();
  }

  @Test
  void typeAdd_overSsh_canBeUsedAtOnce() {
    assertThat(inWorkspace("big", "true").exit()).isEqualTo(77);
    var added = gate("type add big --cpu 2 --description \"'For the course'\" -m spring").ok();
    assertThat(added.stdout()).isEqualTo("Revision 2 is in force.\n");
    assertThat(inWorkspace("big", "'echo made of it'").ok().stdout()).isEqualTo("made of it\n");
    assertThat(gate("type show big").ok().stdout())
        .contains("description\tFor the course\n", "workspaces\t")
        .contains("/big\trunning\n");
    assertThat(gate("cluster history").ok().stdout().lines().findFirst().orElseThrow())
        .startsWith("2\t")
        .endsWith("\tssh from 127.0.0.1\tspring");
    // Every comment of the file that is shipped is still there, and that file is as it was.
    var shipped = Folders.read(SHIPPED);
    assertThat(gate("cluster show").ok().stdout().lines()).containsAll(shipped.lines().toList());
  }

  @Test
  void show_intoAFileAndBack_isLossless() {
    var shown = gate("cluster show").ok().stdout();
    assertThat(shown).isEqualTo(Folders.read(SHIPPED));
    assertThat(gate("cluster edit", shown).ok().stdout()).startsWith("Nothing changes");
    assertThat(gate("cluster edit", shown + "# mine\n").ok().stdout())
        .isEqualTo("Revision 2 is in force.\n");
    assertThat(gate("cluster show").ok().stdout()).isEqualTo(shown + "# mine\n");
  }

  @Test
  void edit_brokenText_losesNothing() {
    var before = gate("cluster show").ok().stdout();
    var broken = gate("cluster edit", before.replace("\ngateway:", "\ngatway:"));
    assertThat(broken.exit()).isEqualTo(65);
    assertThat(broken.stderr())
        .contains("unknown key 'gatway'; did you mean 'gateway'?", "nothing was changed");
    assertThat(gate("cluster set gateway.port many").exit()).isEqualTo(65);
    assertThat(gate("cluster show").ok().stdout()).isEqualTo(before);
    assertThat(inWorkspace("main", "true").exit()).isZero();
  }

  /** Two windows of administrators. */
  @Test
  void edit_whileAnotherChangesIt_isRefusedAndTheTextKept() {
    try (var terminal = gateInTerminal("cluster edit")) {
      terminal.await("\\^X Leave");
      terminal.type("# mine\r");
      gate("cluster set workspaces.perPerson 7").ok();
      terminal.type(ACCEPT);
      terminal.await("changed the definition at");
      terminal.await("#! \\+.*perPerson: 7");
      terminal.type(ACCEPT);
      terminal.await("saved revision 2 while you wrote.*\\[y/N\\]");
      terminal.type("n\r");
      terminal.await("nothing was changed");
      terminal.type("\u0018");
      terminal.await("Take the text\\?");
      terminal.type("n");
      terminal.await("Nothing is changed\\.");
      assertThat(terminal.exit()).isZero();
    }
    var text = gate("cluster show").ok().stdout();
    assertThat(text).contains("perPerson: 7").doesNotContain("# mine");
    var refused = gate("cluster edit --revision 1", text + "# mine\n");
    assertThat(refused.exit()).isEqualTo(69);
    assertThat(refused.stderr()).contains("(definition-conflict)");
  }

  @Test
  void edit_inATerminal_isInForceAndCanBeReverted() {
    try (var terminal = gateInTerminal("cluster edit -m \"'from the train'\"")) {
      terminal.await("\\^X Leave");
      terminal.type("# first line\r" + ACCEPT);
      terminal.await("Revision 2 is in force\\.");
      assertThat(terminal.exit()).isZero();
    }
    assertThat(gate("cluster show").ok().stdout()).startsWith("# first line\n");
    assertThat(gate("cluster diff").ok().stdout()).contains("\n+# first line\n");
    assertThat(gate("cluster revert 1").ok().stdout()).isEqualTo("Revision 3 is in force.\n");
    assertThat(gate("cluster show").ok().stdout()).isEqualTo(Folders.read(SHIPPED));
    assertThat(gate("cluster history").ok().stdout())
        .contains("\trevert to revision 1\n", "\tfrom the train\n");
  }

  @Test
  void apply_withoutCluster_saysSo() {
    var outcome = gate("cluster apply");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.stderr()).contains("(no-cluster)");
  }

  /** It is in the state folder. */
  @Test
  void secondStart_afterAChange_hasIt() {
    gate("type add big").ok();
    gateway.signal("TERM");
    gateway.await();
    gateway.close();
    gateway = home.start();
    assertThat(gate("type list").ok().stdout()).contains("big\t");
    assertThat(gate("cluster history").ok().stdout().lines()).hasSize(2);
  }
}
