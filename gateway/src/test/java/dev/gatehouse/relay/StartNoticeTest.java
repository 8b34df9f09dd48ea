package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.SessionRequest.Kind;
import dev.gatehouse.testkit.Poll;
import java.util.List;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;

class StartNoticeTest {
  private static final HeldRequest PTY = pty(80);

  @Test
  void isDue_atOnce_isFalse() {
    assertThat(notice(Kind.EXEC).isDue()).isFalse();
    assertThat(notice(Kind.SHELL, PTY).isDue()).isFalse();
  }

  @Test
  void nextMillis_onTerminal_isSoonerThanForACommand() {
    assertThat(notice(Kind.SHELL, PTY).nextMillis()).isBetween(1L, 300L);
    assertThat(notice(Kind.EXEC).nextMillis()).isBetween(500L, 1000L);
  }

  @Test
  void isDue_onTerminalAfterAMoment_isTrue() {
    var notice = notice(Kind.SHELL, PTY);
    Poll.until("it is due", notice::isDue);
  }

  @Test
  void text_onTerminal_rewritesOneLineEachTime() {
    var notice = notice(Kind.SHELL, PTY);
    notice.step("waiting for a node");
    assertThat(notice.text())
        .isEqualTo("\r\033[Kstarting workspace main: waiting for a node (0 s)");
    assertThat(notice.text()).isNotEmpty().doesNotContain("\n");
    assertThat(notice.erase()).isEqualTo("\r\033[K");
  }

  @Test
  void text_onNarrowTerminal_doesNotWrap() {
    var notice = notice(Kind.SHELL, pty(20));
    notice.step("waiting for a node");
    assertThat(notice.text()).isEqualTo("\r\033[Kstarting workspace ");
  }

  @Test
  void text_stepHoldsAnEscapeSequence_losesIt() {
    var notice = notice(Kind.EXEC);
    notice.step("\033]52;c;AAAA\007");
    assertThat(notice.text()).isEqualTo("gatehouse: starting workspace main: ?]52;c;AAAA? (0 s)\n");
  }

  @Test
  void text_forACommand_isALineForEachStep() {
    var notice = notice(Kind.EXEC);
    assertThat(notice.text()).isEqualTo("gatehouse: starting workspace main (0 s)\n");
    assertThat(notice.text()).isEmpty();
    notice.step("pulling the image");
    assertThat(notice.text())
        .isEqualTo("gatehouse: starting workspace main: pulling the image (0 s)\n");
    assertThat(notice.text()).isEmpty();
    assertThat(notice.erase()).isEmpty();
  }

  /** A workspace that runs and is slow to answer is not one that starts. */
  @Test
  void text_workspaceRuns_saysThatItConnects() {
    var notice = notice(Kind.EXEC);
    notice.connecting();
    assertThat(notice.text()).isEqualTo("gatehouse: connecting to workspace main (0 s)\n");
    assertThat(notice.text()).isEmpty();
    notice.step("waiting for its sshd");
    assertThat(notice.text())
        .isEqualTo("gatehouse: starting workspace main: waiting for its sshd (0 s)\n");
  }

  @Test
  void text_forASubsystem_isNothing() {
    var notice = notice(Kind.SUBSYSTEM);
    notice.step("pulling the image");
    assertThat(notice.text()).isEmpty();
  }

  @Test
  void erase_nothingWasShown_isNothing() {
    assertThat(notice(Kind.SHELL, PTY).erase()).isEmpty();
  }

  private static StartNotice notice(Kind kind, HeldRequest... before) {
    return new StartNotice(
        "workspace main", new SessionStart(kind, request(kind.type()), List.of(before)));
  }

  private static HeldRequest pty(int columns) {
    var fields = new ByteArrayBuffer();
    fields.putString("xterm");
    fields.putUInt(columns);
    return new HeldRequest("pty-req", true, fields);
  }

  private static HeldRequest request(String type) {
    return new HeldRequest(type, true, new ByteArrayBuffer(new byte[0]));
  }
}
