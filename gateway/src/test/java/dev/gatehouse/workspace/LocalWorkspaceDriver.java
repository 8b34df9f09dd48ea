package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.workspace.SshClient.Result;
import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local workspace, and stock OpenSSH programs that drive it without a gateway in between. */
@Timeout(120)
abstract class LocalWorkspaceDriver {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int MANY = 100 * 1024 * 1024;

  @TempDir Path folder;
  final List<Process> started = new ArrayList<>();
  SshClient client;
  LocalWorkspaces workspaces;
  Endpoint endpoint;
  Path home;

  @BeforeEach
  void open() throws Exception {
    Programs.require("ssh", "openssh-client");
    client = new SshClient(Files.createDirectory(folder.resolve("client")));
    var state = folder.resolve("state");
    workspaces =
        new LocalWorkspaces(state, SshPublicKey.parse(client.caLine()), InstantSource.system());
    var spec = WorkspacesContract.spec(WorkspacesContract.ALICE, WorkspaceName.MAIN);
    endpoint = WorkspacesContract.await(workspaces.start(spec).endpoint());
    home = state.resolve("homes/alice");
  }

  @AfterEach
  void close() {
    started.forEach(Process::destroyForcibly);
    workspaces.close();
  }

  Result ssh(String command) throws Exception {
    return ssh(command, "");
  }

  Result ssh(String command, String input) throws Exception {
    return ssh(List.of(), command, input);
  }

  Result ssh(List<String> options, String command, String input) throws Exception {
    return client.run(commandLine(options, command), bytes(input), Map.of());
  }

  Process start(String command) throws IOException {
    return start(List.of(), command);
  }

  Process start(List<String> options, String command) throws IOException {
    var process = client.start(commandLine(options, command), Map.of());
    started.add(process);
    return process;
  }

  List<String> commandLine(List<String> options, String command) throws IOException {
    var line = client.ssh(endpoint, options.toArray(String[]::new));
    line.add("alice@workspace");
    if (!command.isEmpty()) {
      line.add(command);
    }
    return line;
  }

  Result withEnvironment(Map<String, String> environment, String command) throws Exception {
    var options = new ArrayList<String>();
    for (var name : environment.keySet()) {
      options.addAll(List.of("-o", "SendEnv=" + name));
    }
    return client.run(commandLine(options, command), new byte[0], environment);
  }

  TerminalSession terminal(String preparation, List<String> command) throws IOException {
    return TerminalSession.start(
        "export TERM=xterm; " + preparation + "; exec " + quoted(command), folder);
  }

  int scp(List<String> flags, String from, String to) throws Exception {
    var command = new ArrayList<>(List.of("scp"));
    command.addAll(flags);
    command.addAll(client.options(endpoint));
    command.addAll(List.of("-q", from, to));
    return client.run(command).exit();
  }

  /** The process whose number a workspace's command wrote to a file. */
  ProcessHandle process(String file) throws Exception {
    var path = home.resolve(file);
    until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
    return ProcessHandle.of(Long.parseLong(Files.readString(path).strip())).orElseThrow();
  }

  /** Says "question" to an address that leads to the target, which says "answer". */
  static String exchange(SocketAddress address, ServerSocket target) throws IOException {
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
  static Thread serveOnce(ServerSocketChannel server) {
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

  static String readAll(SocketChannel socket) throws IOException {
    var text = new StringBuilder();
    var buffer = ByteBuffer.allocate(1024);
    while (socket.read(buffer) >= 0) {
      text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
      buffer.clear();
    }
    return text.toString();
  }

  static String firstMatch(Process process, String pattern) throws IOException {
    var reader = process.errorReader();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      var matcher = Pattern.compile(pattern).matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new AssertionError("the program never said " + pattern);
  }

  static int freeDisplay(ServerSocket server) throws IOException {
    for (var number = 200; number < 400; number++) {
      try {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6000 + number));
        return number;
      } catch (BindException e) {
        // taken: the next one
      }
    }
    throw new AssertionError("no free display");
  }

  static boolean accepts(int port) {
    return accepts("127.0.0.1", port);
  }

  static boolean accepts(String address, int port) {
    try (var socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static String mode(Path path) throws IOException {
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

  static String quoted(List<String> command) {
    var line = new StringBuilder();
    for (var word : command) {
      line.append('\'').append(word.replace("'", "'\\''")).append("' ");
    }
    return line.toString().strip();
  }

  static byte[] random() {
    var data = new byte[MANY];
    new Random(7).nextBytes(data);
    return data;
  }

  static String digest(byte[] data) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
