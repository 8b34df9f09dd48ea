package dev.gatehouse.testkit;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian's own sshd, run by the user who runs the tests, who is also the only one to log in. It
 * shows what clients may expect, and serves as a workspace behind a gateway.
 */
public final class PlainSshd implements SshTarget {
  private static final int ATTEMPTS = 5;

  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final String host;
  private final int port;
  private final Running sshd;

  private PlainSshd(Path folder, String host, int port, Running sshd) {
    this.folder = folder;
    this.host = host;
    this.port = port;
    this.sshd = sshd;
  }

  /** One that {@link #identity} opens. */
  public static PlainSshd start() {
    var folder = prepare();
    return start(
        folder, LOOPBACK, launcher(folder), "AuthorizedKeysFile " + folder.resolve("id.pub"));
  }

  /**
   * One that only a certificate opens.
   *
   * @param ca the authority's public key
   * @param principal what a certificate must name
   */
  public static PlainSshd trusting(SshPublicKey ca, String principal) {
    return trusting(ca, principal, LOOPBACK, null);
  }

  /** As above, inside a network whose wire can be cut. */
  public static PlainSshd trusting(SshPublicKey ca, String principal, PodNetwork network) {
    return trusting(
        ca,
        principal,
        network.address(),
        List.of("ip", "netns", "exec", network.path().getFileName().toString()));
  }

  private static PlainSshd trusting(
      SshPublicKey ca, String principal, String host, @Nullable List<String> launcher) {
    var folder = prepare();
    Folders.write(folder.resolve("ca.pub"), ca.line() + "\n");
    Folders.write(folder.resolve("principals"), principal + "\n");
    return start(
        folder,
        host,
        launcher == null ? launcher(folder) : launcher,
        "AuthorizedKeysFile none",
        "TrustedUserCAKeys " + folder.resolve("ca.pub"),
        "AuthorizedPrincipalsFile " + folder.resolve("principals"));
  }

  /** What a gateway needs to know to reach this as a workspace. */
  public Endpoint endpoint() {
    return new Endpoint(new InetSocketAddress(host, port), login(), hostKey());
  }

  public SshPublicKey hostKey() {
    return SshPublicKey.parse(Folders.read(folder.resolve("host.pub")));
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String login() {
    return System.getProperty("user.name");
  }

  @Override
  public Path identity() {
    return folder.resolve("id");
  }

  @Override
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  @Override
  public String log() {
    return sshd.stderrSoFar();
  }

  /** Ends all connections with SIGKILL, so that none of them can say goodbye, and sees them go. */
  public void killConnections() {
    var doomed =
        connections()
            .flatMap(c -> Stream.concat(Stream.of(c), c.children().filter(PlainSshd::isSshd)))
            .toList();
    doomed.forEach(ProcessHandle::destroyForcibly);
    Poll.until(
        "the connections' processes are gone",
        () -> doomed.stream().noneMatch(ProcessHandle::isAlive));
  }

  /**
   * SIGSTOP for all that serves connections: nothing of them is heard any more, not even an end.
   */
  public void freezeConnections() {
    connections()
        .flatMap(serving -> Stream.concat(Stream.of(serving), serving.descendants()))
        .forEach(process -> signal("STOP", process.pid()));
  }

  /** How often somebody has logged in. */
  public long logins() {
    return log().lines().filter(line -> line.startsWith("Accepted publickey ")).count();
  }

  /** How many processes serve connections now. */
  public long connectionCount() {
    return connections().count();
  }

  /** SIGSTOP: the kernel still accepts connections for it, and nobody answers them. */
  public void freeze() {
    signal("STOP", sshd.pid());
  }

  public void thaw() {
    signal("CONT", sshd.pid());
  }

  /** An ordinary user's connection is held open by two processes, one of which began the other. */
  private static boolean isSshd(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline")).startsWith("sshd");
    } catch (IOException e) {
      return false; // It has ended.
    }
  }

  private Stream<ProcessHandle> connections() {
    return ProcessHandle.of(sshd.pid()).stream().flatMap(ProcessHandle::children);
  }

  private void signal(String name, long pid) {
    Program.in(folder, List.of("kill", "-" + name, Long.toString(pid))).run().ok();
  }

  @Override
  public void close() {
    sshd.close();
    Folders.delete(folder);
  }

  private static Path prepare() {
    var folder = Folders.temporary();
    for (var name : List.of("host", "id")) {
      Keys.generate(folder, name);
    }
    if (isRoot()) {
      // Debian's start script makes it; the privilege separation of sshd wants it.
      try {
        Files.createDirectories(Path.of("/run/sshd"));
      } catch (IOException e) {
        throw new AssertionError("sshd needs /run/sshd", e);
      }
    }
    return folder;
  }

  private static PlainSshd start(
      Path folder, String host, List<String> launcher, String... authentication) {
    for (var attempt = 1; ; attempt++) {
      var port = Ports.free();
      var sshd = launch(folder, host, port, launcher, authentication);
      if (answers(sshd, host, port)) {
        Folders.write(
            folder.resolve("known_hosts"),
            "[" + host + "]:" + port + " " + Folders.read(folder.resolve("host.pub")));
        return new PlainSshd(folder, host, port, sshd);
      }
      var log = sshd.stderrSoFar();
      sshd.close();
      if (attempt == ATTEMPTS) {
        throw new AssertionError("sshd does not start: " + log);
      }
    }
  }

  /**
   * sshd gives terminals to the group {@code tty}, where there is one and /dev/pts has not done so
   * (mount option {@code gid}). An ordinary user may not, and sshd would end the session: such a
   * user's sshd sees no such group.
   */
  private static List<String> launcher(Path folder) {
    if (isRoot() || hasTerminalGroup()) {
      return List.of();
    }
    var withoutTty =
        Folders.read(Path.of("/etc/group"))
            .lines()
            .filter(line -> !line.startsWith("tty:"))
            .collect(Collectors.joining("\n", "", "\n"));
    var script =
        "mount --bind \"$0\" /etc/group && exec setpriv --ambient-caps -all --inh-caps -all \"$@\"";
    return List.of(
        "unshare",
        "--map-current-user",
        "--keep-caps",
        "--mount",
        "sh",
        "-c",
        script,
        Folders.write(folder.resolve("group"), withoutTty).toString());
  }

  private static boolean hasTerminalGroup() {
    return Folders.read(Path.of("/proc/self/mounts"))
        .lines()
        .filter(mount -> mount.startsWith("devpts "))
        .anyMatch(mount -> mount.contains("gid="));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Running launch(
      Path folder, String host, int port, List<String> launcher, String... authentication) {
    var config =
        String.join(
            "\n",
            "ListenAddress " + host + ":" + port,
            "HostKey " + folder.resolve("host"),
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "PermitRootLogin prohibit-password",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            String.join("\n", authentication),
            "AllowTcpForwarding yes",
            "AllowStreamLocalForwarding yes",
            "AllowAgentForwarding yes",
            "X11Forwarding yes",
            // Cookies go there instead of the real home folder.
            // A deeper SHLVL keeps bash from reading the .bashrc of whoever runs the tests, which
            // may take it seconds. A login shell reads it all the same; where it begins pyenv, it
            // would wait a minute for the lock of one that a test has killed.
            "SetEnv SHLVL=1 PYENV_REHASH_TIMEOUT=1 XAUTHORITY=" + folder.resolve("Xauthority"),
            "AcceptEnv LANG LC_* SSH_ORIGINAL_COMMAND",
            "MaxSessions 100",
            "MaxStartups 1000",
            "PrintMotd no",
            "PrintLastLog no",
            "LogLevel VERBOSE",
            "Subsystem sftp internal-sftp",
            "");
    Folders.write(folder.resolve("sshd_config"), config);
    // sshd starts itself again for each connection, and so wants to be called by its whole path.
    var sshd = Programs.require("sshd", "openssh-server").toString();
    return Program.in(folder, launcher)
        .and(sshd, "-D", "-e", "-f", folder.resolve("sshd_config").toString())
        .start();
  }

  /** Waits for either the identification string of SSH or the end of the daemon. */
  private static boolean answers(Running sshd, String host, int port) {
    Poll.until("sshd answers or ends", () -> !sshd.isAlive() || greets(host, port));
    return sshd.isAlive();
  }

  private static boolean greets(String host, int port) throws IOException {
    try (var socket = new Socket(host, port)) {
      return socket.getInputStream().read() == 'S';
    }
  }
}
