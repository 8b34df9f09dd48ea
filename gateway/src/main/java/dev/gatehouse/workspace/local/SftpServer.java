package dev.gatehouse.workspace.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OpenSSH's sftp-server, a program that speaks SFTP on its standard streams.
 *
 * @param program where it is installed
 */
record SftpServer(Path program) {
  /** Debian and Ubuntu; Fedora and Red Hat; Arch, Alpine and SUSE; OpenSSH's own default. */
  private static final List<String> PLACES =
      List.of(
          "/usr/lib/openssh/sftp-server",
          "/usr/libexec/openssh/sftp-server",
          "/usr/lib/ssh/sftp-server",
          "/usr/libexec/sftp-server",
          "/usr/local/libexec/sftp-server");

  /** That of this machine, if it has one. */
  static Optional<SftpServer> ofThisMachine() {
    return PLACES.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(SftpServer::new);
  }

  /**
   * As sshd starts {@code internal-sftp}: without the login shell, whose start-up files may write
   * what is no SFTP.
   */
  Launch launch(Machine machine, Map<String, String> environment) {
    var arguments = List.of(Launch.bytes("sftp-server"));
    return new Launch(program, arguments, environment, machine.home());
  }
}
