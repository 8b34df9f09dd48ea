package dev.gatehouse;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.Terminal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code gatehouse try}, ready, and what a person can do with what it printed; closing this kills
 * it.
 */
public final class TryGateway implements AutoCloseable {
  private static final String SHELL = "# a shell in your own workspace";
  private static final String HELP = "# what the gateway itself can do";
  private static final String TUNNEL = "# Jupyter, or any web tool";

  private final TryHome home;
  private final Running process;

  private TryGateway(TryHome home, Running process) {
    this.home = home;
    this.process = process;
  }

  static TryGateway start(TryHome home, Program program) {
    var begin = Instant.now();
    var process = program.start();
    try {
      process.awaitStdout("is ready on");
      var took = Duration.between(begin, Instant.now());
      System.out.printf("gatehouse try was ready after %d ms%n", took.toMillis());
      process.awaitStdout("Ctrl-C ends");
      return new TryGateway(home, process);
    } catch (AssertionError e) {
      process.close();
      throw new AssertionError(e.getMessage() + "\n" + process.stderrSoFar(), e);
    }
  }

  public String screen() {
    return new String(process.stdoutSoFar(), StandardCharsets.UTF_8);
  }

  String log() {
    return process.stderrSoFar();
  }

  public int port() {
    var port = Pattern.compile("is ready on 127\\.0\\.0\\.1, port (\\d+)").matcher(screen());
    if (!port.find()) {
      throw new AssertionError(screen());
    }
    return Integer.parseInt(port.group(1));
  }

  /** The command for a shell, to be pasted into one. */
  public String shellCommand() {
    return printed(SHELL);
  }

  /** The command that asks the gateway itself. */
  String helpCommand() {
    return printed(HELP);
  }

  /** The command for a tunnel. */
  String tunnelCommand() {
    return printed(TUNNEL);
  }

  /** Pastes the command for a shell into one, and types a command behind it. */
  Program ssh(String command) {
    return paste(shellCommand() + " " + command);
  }

  public Program paste(String line) {
    return home.program("sh", "-c", "exec " + line);
  }

  /** Pastes the command for a shell in a terminal window. */
  Terminal shell() {
    return Terminal.open(paste(shellCommand()), 80, 24);
  }

  /** What {@code gate whoami} says. */
  String whoami() {
    return ssh("gate whoami").run().ok().stdout();
  }

  /** The host key of a type, as any client may see it; empty if none is offered yet. */
  List<String> hostKey(String type) {
    var seen =
        home.program("ssh-keyscan", "-t", type, "-p", "" + port(), "127.0.0.1").run().stdout();
    return seen.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", 2)[1])
        .toList();
  }

  /** Waits for the key that is made beside the first logins; that can take long. */
  List<String> awaitRsaHostKey() {
    Poll.until(() -> "an RSA key", Duration.ofMinutes(2), () -> !hostKey("rsa").isEmpty());
    return hostKey("rsa");
  }

  void signal(String name) {
    home.program("kill", "-" + name, "" + process.pid()).run().ok();
  }

  /** Waits for its end. */
  Result await() {
    return process.await();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The command below a comment. */
  private String printed(String comment) {
    return screen()
        .lines()
        .dropWhile(line -> !line.strip().startsWith(comment))
        .skip(1)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line for " + comment + " in " + screen()))
        .strip();
  }

  @Override
  public void close() {
    process.close();
  }
}
