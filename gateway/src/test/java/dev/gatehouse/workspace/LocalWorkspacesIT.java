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
<<<<<<< HEAD

  // Terminals

  @Test
  void pty_window_hasSizeAndChanges() throws Exception {
    var session =
        terminal(
            "stty rows 31 cols 77",
            client.ssh(
                endpoint,
                "-tt",
                "alice@workspace",
                "stty size; echo $TERM; trap 'stty size; exit 5' WINCH; touch waits;"
                    + " while :; do sleep 0.05; done"));
    until(() -> Files.exists(home.resolve("waits")));
    session.resize(40, 100);

    assertThat(session.end().out().replace("\r", "")).contains("31 77\n", "40 100\n", "xterm\n");
  }

  @Test
  void pty_modes_areTheClients() throws Exception {
    var result =
        terminal(
                "stty -echo -isig intr ^X erase ^H",
                client.ssh(endpoint, "-tt", "alice@workspace", "stty -a"))
            .end();

    assertThat(result.out()).contains("-echo ", "-isig", "intr = ^X", "erase = ^H");
  }

  @Test
  void pty_shell_isALoginShellOnItsTerminal() throws Exception {
    var result = ssh(List.of("-tt"), "", "shopt login_shell; tty; echo $SSH_TTY; exit 6\n");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.out()).containsPattern("login_shell\\s+on").contains("/dev/pts/");
  }

  @Test
  void pty_clientLeaves_sessionIsHungUp() throws Exception {
    var ssh = start(List.of("-tt"), "echo $$ > pid; exec sleep 1000");
    var process = process("pid");

    ssh.destroyForcibly();

    until(() -> !process.isAlive());
  }

  @Test
  void pty_backgroundHoldsTerminal_sessionEndsWithItsLeader() throws Exception {
    var result = ssh(List.of("-tt"), "trap '' HUP; sleep 1000 & echo done; exit 8", "");

    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.out()).contains("done");
  }

  // Files

  @Test
  void sftp_relativeAndAbsolutePaths_areTheRealOnes() throws Exception {
    Programs.require("sftp");
    Files.writeString(client.file("local"), "content");
    var command = new ArrayList<>(List.of("sftp"));
    command.addAll(client.options(endpoint));
    command.addAll(List.of("-b", "-", "alice@workspace"));
    var batch = "pwd\nput local there\nget " + home + "/there back\nmkdir d\nls -1\n";

    var result = client.run(command, bytes(batch), Map.of());

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("Remote working directory: " + home, "there");
    assertThat(home.resolve("there")).hasContent("content");
    assertThat(client.file("back")).hasContent("content");
  }

  @Test
  void scp_bothWays_copiesAndEndsWithZero() throws Exception {
    Programs.require("scp");
    Files.writeString(client.file("local"), "content");

    for (var flags : List.of(List.of("-s"), List.of("-O"))) {
      assertThat(scp(flags, "local", "alice@workspace:up" + flags.getFirst())).isZero();
      assertThat(scp(flags, "alice@workspace:up" + flags.getFirst(), "down")).isZero();
      assertThat(client.file("down")).hasContent("content");
    }
  }

  // Forwarding

  @Test
  void localForward_toAPort_carriesBothWaysWithHalfClose() throws Exception {
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var path = client.file("fwd");
      var ssh = start(List.of("-N", "-L", path + ":127.0.0.1:" + target.getLocalPort()), "");
      until(() -> Files.exists(path));

      try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
          var peer = target.accept()) {
        socket.write(ByteBuffer.wrap(bytes("question")));
        socket.shutdownOutput();
        assertThat(peer.getInputStream().readAllBytes()).isEqualTo(bytes("question"));
        peer.getOutputStream().write(bytes("answer"));
        peer.shutdownOutput();
        assertThat(readAll(socket)).isEqualTo("answer");
      }
      assertThat(ssh.isAlive()).isTrue();
    }
  }

  @Test
  void localForward_nobodyListens_isRefusedWithTheReason() throws Exception {
    int closed;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = server.getLocalPort();
    }

    var result = ssh(List.of("-W", "127.0.0.1:" + closed), "", "");

    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err()).contains("open failed: connect failed: Connection refused");
  }

  @Test
  void localForward_hundredMegabytesThrough_arriveWhole() throws Exception {
    var data = random();
    Files.write(home.resolve("data"), data);
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var echo =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = target.accept()) {
                      peer.getInputStream().transferTo(peer.getOutputStream());
                    } catch (IOException e) {
                      // the digest will tell
                    }
                  });

      var result =
          client.run(
              List.of(
                  "bash",
                  "-c",
                  quoted(client.ssh(endpoint, "-W", "127.0.0.1:" + target.getLocalPort()))
                      + " alice@workspace < "
                      + home.resolve("data")
                      + " | sha256sum"));

      assertThat(result.out()).startsWith(digest(data));
      echo.join();
    }
  }

  @Test
  void remoteForward_portZero_tellsThePortAndCarries() throws Exception {
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var ssh = start(List.of("-N", "-R", "0:127.0.0.1:" + target.getLocalPort()), "");
      var port = Integer.parseInt(firstMatch(ssh, "Allocated port (\\d+) for remote forward"));

      assertThat(exchange(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), target))
          .isEqualTo("answer");

      ssh.destroy();
      until(() -> !accepts(port));
    }
  }

  @Test
  void localForward_toASocketFile_carries() throws Exception {
    var path = home.resolve("service");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      var serving = serveOnce(server);

      var result = ssh(List.of("-W", path.toString()), "", "question");

      // -W takes a host and port only, so a socket file is reached through -L
      assertThat(result.exit()).isEqualTo(255);
      var entry = client.file("entry");
      start(List.of("-N", "-L", entry + ":" + path), "");
      until(() -> Files.exists(entry));
      try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(entry))) {
        socket.write(ByteBuffer.wrap(bytes("question")));
        socket.shutdownOutput();
        assertThat(readAll(socket)).isEqualTo("question");
      }
      serving.join();
    }
  }

  @Test
  void remoteForward_toASocketFile_isPrivateCarriesAndGoes() throws Exception {
    var path = home.resolve("remote");
    try (var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var ssh = start(List.of("-N", "-R", path + ":127.0.0.1:" + target.getLocalPort()), "");
      until(() -> Files.exists(path));
      until(() -> mode(path).equals("rw-------"));

      assertThat(exchange(UnixDomainSocketAddress.of(path), target)).isEqualTo("answer");

      ssh.destroy();
      until(() -> !Files.exists(path));
    }
  }

  @Test
  void remoteForward_existingFile_isRefused() throws Exception {
    var path = Files.writeString(home.resolve("mine"), "keep");

    var result =
        ssh(List.of("-o", "ExitOnForwardFailure=yes", "-R", path + ":127.0.0.1:1"), "true", "");

    assertThat(result.exit()).isEqualTo(255);
    assertThat(path).hasContent("keep");
  }

  @Test
  void agent_forwarded_answersInTheWorkspace() throws Exception {
    Programs.require("ssh-agent", "ssh-add");
    var socket = client.file("agent");
    var agent = client.start(List.of("ssh-agent", "-D", "-a", socket.toString()), Map.of());
    started.add(agent);
    until(() -> Files.exists(socket));
    var environment = Map.of("SSH_AUTH_SOCK", socket.toString());
    client.forgetCertificate();
    assertThat(client.run(List.of("ssh-add", "-q", "id"), new byte[0], environment).exit())
        .isZero();
    client.certify("ca", "-n", "alice");

    var result =
        client.run(
            client.ssh(
                endpoint,
                "-A",
                "alice@workspace",
                "ssh-add -L; stat -c %a $(dirname $SSH_AUTH_SOCK); dirname $SSH_AUTH_SOCK"),
            new byte[0],
            environment);

    var lines = result.out().lines().toList();
    assertThat(lines.get(0)).startsWith("ssh-ed25519 ");
    assertThat(lines.get(1)).isEqualTo("700");
    until(() -> !Files.exists(Path.of(lines.get(2))));
  }

  @Test
  void x11_forwarded_reachesTheClientsDisplay() throws Exception {
    Programs.require("xauth");
    try (var display = new ServerSocket()) {
      var number = freeDisplay(display);
      Files.writeString(client.file("xauthority"), "");
      var environment =
          Map.of(
              "DISPLAY", "127.0.0.1:" + number, "XAUTHORITY", client.file("xauthority").toString());
      var command =
          "echo $DISPLAY; xauth list; n=${DISPLAY#*:}; exec"
              + " 3<>/dev/tcp/127.0.0.1/$((6000+${n%.*})); printf"
              + " 'B\\0\\0\\013\\0\\0\\0\\022\\0\\020\\0\\0MIT-MAGIC-COOKIE-1\\0\\0' >&3; printf"
              + " \"$(xauth list | sed 's/.* //; s/../\\\\x&/g')\" >&3; head -c 5 <&3";
      var answering =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var peer = display.accept()) {
                      assertThat(peer.getInputStream().read()).isEqualTo('B');
                      peer.getOutputStream().write(bytes("hello"));
                    } catch (IOException e) {
                      // the client will miss the greeting
                    }
                  });

      var result =
          client.run(
              client.ssh(endpoint, "-Y", "alice@workspace", command), new byte[0], environment);

      assertThat(result.out())
          .containsPattern("localhost:\\d+\\.0\n")
          .contains("MIT-MAGIC-COOKIE-1")
          .endsWith("hello");
      answering.join();
    }
  }

  @Test
  void multiplexing_noMoreSessions_forwardsStillOpen() throws Exception {
    var control = client.file("control");
    var master =
        start(List.of("-N", "-M", "-S", control.toString(), "-o", "ControlPersist=no"), "");
    until(() -> Files.exists(control));

    var command =
        List.of("ssh", "-F", "/dev/null", "-S", control.toString(), "workspace", "exit 9");
    for (var i = 0; i < 5; i++) {
      assertThat(client.run(command).exit()).isEqualTo(9);
    }
    assertThat(master.isAlive()).isTrue();
  }

  // Login

  @Test
  void login_plainKey_isRefused() throws Exception {
    client.forgetCertificate();

    assertRefused();
  }

  @Test
  void login_otherCa_isRefused() throws Exception {
    client.certify("other-ca", "-n", "alice");

    assertRefused();
  }

  @Test
  void login_otherPrincipal_isRefused() throws Exception {
    client.certify("ca", "-n", "bob");

    assertRefused();
  }

  @Test
  void login_noPrincipals_isRefused() throws Exception {
    client.certify("ca");

    assertRefused();
  }

  @Test
  void login_expired_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-V", "-2h:-1h");

    assertRefused();
  }

  @Test
  void login_notYetValid_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-V", "+1h:+2h");

    assertRefused();
  }

  @Test
  void login_hostCertificate_isRefused() throws Exception {
    client.certify("ca", "-h", "-n", "alice");

    assertRefused();
  }

  @Test
  void login_otherSourceAddress_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "source-address=192.0.2.1/32");

    assertRefused();
  }

  @Test
  void login_forcedCommand_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "force-command=true");

    assertRefused();
  }

  @Test
  void login_unknownCriticalOption_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "critical:x@example.com=1");

    assertRefused();
  }

  @Test
  void login_allowedSourceAddress_isAccepted() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "source-address=127.0.0.0/8");

    assertThat(ssh("exit 2").exit()).isEqualTo(2);
  }

  @Test
  void login_otherUserName_isRefused() throws Exception {
    client.certify("ca", "-n", "alice,bob");

    var result = client.run(client.ssh(endpoint, "bob@workspace", "true"));

    assertThat(result.err()).contains("Permission denied (publickey)");
  }

  private void assertRefused() throws Exception {
    var result = ssh("true");

    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err()).contains("Permission denied (publickey)");
  }

  private Result ssh(String command) throws Exception {
    return ssh(command, "");
  }

  private Result ssh(String command, String input) throws Exception {
    return ssh(List.of(), command, input);
  }

  private Result ssh(List<String> options, String command, String input) throws Exception {
    return client.run(commandLine(options, command), bytes(input), Map.of());
  }

  private Process start(String command) throws IOException {
    return start(List.of(), command);
  }

  private Process start(List<String> options, String command) throws IOException {
    var process = client.start(commandLine(options, command), Map.of());
    started.add(process);
    return process;
  }

  private List<String> commandLine(List<String> options, String command) throws IOException {
    var line = client.ssh(endpoint, options.toArray(String[]::new));
    line.add("alice@workspace");
    if (!command.isEmpty()) {
      line.add(command);
    }
    return line;
  }

  private Result withEnvironment(Map<String, String> environment, String command) throws Exception {
    var options = new ArrayList<String>();
    for (var name : environment.keySet()) {
      options.addAll(List.of("-o", "SendEnv=" + name));
    }
    return client.run(commandLine(options, command), new byte[0], environment);
  }

  private TerminalSession terminal(String preparation, List<String> command) throws IOException {
    return TerminalSession.start(
        "export TERM=xterm; " + preparation + "; exec " + quoted(command), folder);
  }

  private int scp(List<String> flags, String from, String to) throws Exception {
    var command = new ArrayList<>(List.of("scp"));
    command.addAll(flags);
    command.addAll(client.options(endpoint));
    command.addAll(List.of("-q", from, to));
    return client.run(command).exit();
  }

  /** The process whose number a workspace's command wrote to a file. */
  private ProcessHandle process(String file) throws Exception {
    var path = home.resolve(file);
    until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
    return ProcessHandle.of(Long.parseLong(Files.readString(path).strip())).orElseThrow();
  }

  /** Says "question" to an address that leads to the target, which says "answer". */
  private static String exchange(java.net.SocketAddress address, ServerSocket target)
      throws IOException {
    try (var socket = SocketChannel.open(address);
        var peer = target.accept()) {
      socket.write(ByteBuffer.wrap(bytes("question")));
      socket.shutdownOutput();
      assertThat(peer.getInputStream().readAllBytes()).isEqualTo(bytes("question"));
      peer.getOutputStream().write(bytes("answer"));
      peer.shutdownOutput();
      return readAll(socket);
    }
  }

  /** Sends back what the first connection sends. */
  private static Thread serveOnce(ServerSocketChannel server) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (var peer = server.accept()) {
                peer.write(ByteBuffer.wrap(bytes(readAll(peer))));
              } catch (IOException e) {
                // the other side will miss its answer
              }
            });
  }

  private static String readAll(SocketChannel socket) throws IOException {
    var text = new StringBuilder();
    var buffer = ByteBuffer.allocate(1024);
    while (socket.read(buffer) >= 0) {
      text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
      buffer.clear();
    }
    return text.toString();
  }

  private static String firstMatch(Process process, String pattern) throws IOException {
    var reader = process.errorReader();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      var matcher = Pattern.compile(pattern).matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new AssertionError("the program never said " + pattern);
  }

  private static int freeDisplay(ServerSocket server) throws IOException {
    for (var number = 200; number < 400; number++) {
      try {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6000 + number));
        return number;
      } catch (java.net.BindException e) {
        // taken: the next one
      }
    }
    throw new AssertionError("no free display");
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  static void until(Callable<Boolean> condition) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come true in " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  private static String quoted(List<String> command) {
    var line = new StringBuilder();
    for (var word : command) {
      line.append('\'').append(word.replace("'", "'\\''")).append("' ");
    }
    return line.toString().strip();
  }

  private static byte[] random() {
    var data = new byte[MANY];
    new Random(7).nextBytes(data);
    return data;
  }

  private static String digest(byte[] data) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
=======
>>>>>>> refs/heads/local
}
