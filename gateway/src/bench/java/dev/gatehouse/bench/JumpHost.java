package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.PlainSshd;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** OpenSSH's sshd between client and target, which the client passes with {@code -J}. */
final class JumpHost implements Contender {
  private final PlainSshd target = PlainSshd.start();
  private final Path folder = Folders.temporary();
  private final int port = Ports.free();
  private final Running jump;

  /** An ordinary user, for whom sshd keeps two processes; who is not root has only themselves. */
  private final String login = isRoot() ? "nobody" : System.getProperty("user.name");

  JumpHost() {
    Keys.generate(folder, "host");
    Keys.generate(folder, "id");
    letOthersRead();
    jump = launch();
    Poll.until("the jump host answers", this::answers);
    writeConfig();
  }

  @Override
  public String name() {
    return "ssh -J";
  }

  @Override
  public Path config() {
    return folder.resolve("config");
  }

  @Override
  public Door door() {
    return new Door(port, login, folder.resolve("id"));
  }

  /** A process that has ended counts when its parent has waited for it. */
  @Override
  public boolean isIdle() {
    return processes().count() == (isRoot() ? 2 : 1);
  }

  /** Read again if one ends meanwhile: its time then stands in its parent's, read before. */
  @Override
  public double cpuSeconds() {
    while (true) {
      try {
        return processes().mapToDouble(Proc::cpuSecondsWithEnded).sum();
      } catch (UncheckedIOException e) {
        if (!jump.isAlive()) {
          throw e;
        }
      }
    }
  }

  @Override
  public long memory() {
    return processes().mapToLong(Proc::pss).sum();
  }

  int targetPort() {
    return target.port();
  }

  @Override
  public void close() {
    jump.close();
    target.close();
    Folders.delete(folder);
  }

  private Stream<Long> processes() {
    return ProcessHandle.of(jump.pid()).stream()
        .flatMap(sshd -> Stream.concat(Stream.of(sshd), sshd.descendants()))
        .map(ProcessHandle::pid);
  }

  /** sshd reads the keys of a user as that user. */
  private void letOthersRead() {
    folder.toFile().setExecutable(true, false);
    folder.resolve("id.pub").toFile().setReadable(true, false);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * The first process of a namespace of its own, where that is allowed: it is then the parent of
   * those whose parent has ended, and their time counts. An ordinary user's session is left by the
   * process that watches it when the client just goes.
   */
  private Running launch() {
    Folders.write(
        folder.resolve("sshd_config"),
        """
        ListenAddress 127.0.0.1:%d
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        UsePAM no
        StrictModes no
        MaxStartups 10000
        MaxSessions 1000
        UseDNS no
        """
            .formatted(port, folder.resolve("host"), folder.resolve("id.pub")));
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "--pid", "--fork", "--kill-child"));
    }
    command.add(Programs.require("sshd", "openssh-server").toString());
    command.addAll(List.of("-D", "-e", "-f", folder.resolve("sshd_config").toString()));
    return Program.in(folder, command).start();
  }

  private boolean answers() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() == 'S';
    }
  }

  private void writeConfig() {
    var known = folder.resolve("known_hosts");
    Folders.write(
        known,
        "[127.0.0.1]:%d %s\n[127.0.0.1]:%d %s\n"
            .formatted(
                port,
                Folders.read(folder.resolve("host.pub")).strip(),
                target.port(),
                target.hostKey().line()));
    Folders.write(
        config(),
        SshConfig.of("jump", port, login, folder.resolve("id"), known)
            + SshConfig.of("target", target.port(), target.login(), target.identity(), known)
            + "  ProxyJump jump\n");
  }
}
