package dev.gatehouse.frontdoor.login;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.StagedGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A person with a fresh key and a certificate for it, made by the real ssh-keygen.
 *
 * @param ca the private key of who signs
 */
record CertificateLogin(Laptop laptop, StagedGateway gateway, Path ca) {
  static Path makeCa(Path folder, String type) {
    var ca = folder.resolve("ca-" + type);
    Program.in(folder, List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-f", ca.toString()))
        .run()
        .ok();
    return ca;
  }

  static String publicKey(Path key) {
    return Folders.read(Path.of(key + ".pub")).strip();
  }

  /** Makes a key, and has it signed with these options of ssh-keygen. */
  CertificateLogin signed(String... options) {
    laptop
        .program("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString())
        .run()
        .ok();
    laptop
        .program("ssh-keygen", "-q", "-s", ca.toString(), "-I", "the id")
        .and(options)
        .and(key() + ".pub")
        .run()
        .ok();
    return this;
  }

  /** ssh as this person, with the certificate alone. */
  Program ssh(String login, String... more) {
    var options =
        Stream.of(
            "-F",
            "none",
            "-p",
            "" + gateway.port(),
            "-l",
            login,
            "-oBatchMode=yes",
            "-oIdentitiesOnly=yes",
            "-oUserKnownHostsFile=" + gateway.knownHosts(),
            "-oExitOnForwardFailure=yes",
            "-i",
            key().toString(),
            "-oCertificateFile=" + key() + "-cert.pub");
    return laptop.program("ssh").and(options.toArray(String[]::new)).and(more);
  }

  /** Whether that person gets in. */
  boolean opens(String login) {
    return ssh(login, gateway.host(), "gate whoami").run().exit() == 0;
  }

  Path key() {
    return laptop.home().resolve("certified");
  }
}
