package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.SshClient.Result;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Processes in a local workspace behave as behind Debian's sshd. */
class LocalWorkspacesIT extends LocalWorkspaceDriver {

  @Test
  void exec_exitCodes_arriveAsTheyAre() throws Exception {
    for (var code : List.of(0, 1, 77, 255)) {
      assertThat(ssh("exit " + code).exit()).isEqualTo(code);
    }
  }

  @Test
  void exec_diesBySignal_clientIsToldWhich() throws Exception {
    var result = client.run(client.ssh(endpoint, "-v", "alice@workspace", "kill -TERM $$"));

    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err()).contains("rtype exit-signal");
  }

  @Test
  void exec_exits143_isAnExitAndNoSignal() throws Exception {
    var result = client.run(client.ssh(endpoint, "-v", "alice@workspace", "exit 143"));

    assertThat(result.exit()).isEqualTo(143);
    assertThat(result.err()).contains("rtype exit-status").doesNotContain("exit-signal");
  }

  @Test
  void exec_ends_statusThenEofThenClose() throws Exception {
    var log = client.run(client.ssh(endpoint, "-vv", "alice@workspace", "echo last; exit 3")).err();

    assertThat(List.of("rtype exit-status", "rcvd eof", "rcvd close"))
        .extracting(log::indexOf)
        .doesNotContain(-1)
        .isSorted();
  }

  @Test
  void exec_commandIsNotUtf8_arrivesByteForByte() throws Exception {
    var ssh = quoted(client.ssh(endpoint, "alice@workspace"));

    var result = client.run(List.of("bash", "-c", ssh + " $'printf %s \\xff\\xc3 | od -An -tx1'"));

    assertThat(result.out().strip()).isEqualTo("ff c3");
  }

  @Test
  void exec_bothStreams_stayApart() throws Exception {
    var result = ssh("echo out; echo err >&2");

    assertThat(result).isEqualTo(new Result(0, "out\n", "err\n"));
  }

  @Test
  void exec_inputEnds_outputFlowsOn() throws Exception {
    var result = ssh("sort; echo after", "b\na\n");

    assertThat(result.out()).isEqualTo("a\nb\nafter\n");
  }

  @Test
  void exec_outputClosedEarly_exitCodeStillArrives() throws Exception {
    var result = ssh("exec >&- 2>&-; cat > got; exit 3", "late input");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(home.resolve("got")).hasContent("late input");
  }

  @Test
  void exec_inputUnread_endsAnyway() throws Exception {
    var result = ssh("exit 4", "x".repeat(8 * 1024 * 1024));

    assertThat(result.exit()).isEqualTo(4);
  }

  @Test
  void exec_clientStopsReading_processEnds() throws Exception {
    var command = quoted(client.ssh(endpoint, "alice@workspace", "yes; echo yes=$? > end"));
    var result = client.run(List.of("bash", "-c", command + " | head -1"));

    assertThat(result.out()).isEqualTo("y\n");
    until(() -> Files.exists(home.resolve("end")));
  }

  @Test
  void exec_workingFolder_isThePrivateHome() throws Exception {
    assertThat(ssh("pwd; echo $HOME").out()).isEqualTo((home + "\n").repeat(2));
  }

  @Test
  void exec_backgroundHoldsOutput_channelWaitsForIt() throws Exception {
    var result = ssh("(until test -e go; do sleep 0.05; done; echo late) & echo hi; touch go");

    assertThat(result.out()).isEqualTo("hi\nlate\n");
  }

  @Test
  void exec_detachedProcess_outlivesItsChannelButNotTheWorkspace() throws Exception {
    ssh("nohup sleep 1000 > /dev/null 2>&1 < /dev/null & echo $! > one");
    ssh("setsid sh -c 'echo $$ > two; exec sleep 1000' > /dev/null 2>&1 < /dev/null &");
    var one = process("one");
    var two = process("two");
    assertThat(one.isAlive()).isTrue();
    assertThat(two.isAlive()).isTrue();

    WorkspacesContract.await(
        workspaces.stop(WorkspacesContract.id(WorkspacesContract.ALICE, WorkspaceName.MAIN)));

    until(() -> !one.isAlive()); // a moment, until init has reaped them
    until(() -> !two.isAlive());
  }

  @Test
  void stop_processIgnoresPoliteSignals_isKilled() throws Exception {
    start("trap '' HUP TERM; echo $$ > pid; while :; do sleep 0.1; done");
    var stubborn = process("pid");

    WorkspacesContract.await(
        workspaces.stop(WorkspacesContract.id(WorkspacesContract.ALICE, WorkspaceName.MAIN)));

    assertThat(stubborn.isAlive()).isFalse();
  }

  @Test
  void stop_otherProcesses_areLeftAlone() throws Exception {
    var bystander = client.start(List.of("sleep", "1000"), Map.of());
    started.add(bystander);
    ssh("true");

    WorkspacesContract.await(
        workspaces.stop(WorkspacesContract.id(WorkspacesContract.ALICE, WorkspaceName.MAIN)));

    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void exec_hundredMegabytesDown_arriveWhole() throws Exception {
    var data = random();
    Files.write(home.resolve("data"), data);
    var received = folder.resolve("received");
    var command = quoted(client.ssh(endpoint, "alice@workspace", "cat data"));

    var result = client.run(List.of("bash", "-c", command + " > " + received));

    assertThat(result.exit()).isZero();
    assertThat(digest(Files.readAllBytes(received))).isEqualTo(digest(data));
  }

  @Test
  void exec_hundredMegabytesUp_arriveWhole() throws Exception {
    var data = random();

    var result =
        client.run(
            client.ssh(endpoint, "alice@workspace", "sha256sum | cut -d' ' -f1"), data, Map.of());

    assertThat(result.out().strip()).isEqualTo(digest(data));
  }

  @Test
  void env_listedNames_pass() throws Exception {
    var result =
        withEnvironment(
            Map.of("LC_MINE", "1", "COLORTERM", "truecolor", "GIT_PAGER", "cat"),
            "echo $LC_MINE $COLORTERM $GIT_PAGER");

    assertThat(result.out()).isEqualTo("1 truecolor cat\n");
  }

  @Test
  void env_dangerousNames_areRefused() throws Exception {
    var result =
        withEnvironment(
            Map.of(
                "BASH_ENV", "/tmp/evil", "GLIBC_TUNABLES", "x=y", "FOO", "bar", "PERL5LIB", "/tmp"),
            "env");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).doesNotContain("BASH_ENV", "GLIBC_TUNABLES", "FOO=", "PERL5LIB");
  }

  @Test
  void env_ofASession_isCleanAndComplete() throws Exception {
    var result = ssh("env");

    assertThat(result.out())
        .contains("HOME=" + home, "USER=alice", "LOGNAME=alice", "MACHINE=small", "PATH=/")
        .containsPattern("SSH_CONNECTION=127.0.0.1 \\d+ 127.0.0.1 \\d+\n")
        .doesNotContain("JAVA_HOME", "MAVEN", "SSH_TTY");
  }
}
