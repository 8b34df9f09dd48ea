package dev.gatehouse.testkit;

import dev.gatehouse.key.SshPublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A person's machine for the length of one test: a home folder with an ssh configuration that knows
 * one host, {@link #HOST}, and uses nothing else of the machine that the test runs on.
 */
public final class Laptop implements AutoCloseable {
  /** The target's name in this laptop's ssh configuration. */
  public static final String HOST = "target";

  private final SshTarget target;
  private final Path home = Folders.temporary();
  private final Path remote;
  private final Path config;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  public Laptop(SshTarget target) {
    this.target = target;
    remote = Folders.temporaryIn(target.home());
    target.share(remote);
    config = configure();
  }

  public SshTarget target() {
    return target;
  }

  /** This laptop's home folder. */
  public Path home() {
    return home;
  }

  /** A folder inside the remote home folder, for this test alone. */
  public Path remote() {
    return remote;
  }

  /** The file for {@code -F}. */
  public Path config() {
    return config;
  }

  /** A shell word that starts ssh with this laptop's configuration, for rsync and git. */
  public String sshCommand() {
    return "ssh -F " + config;
  }

  /** The only host key that the target may show. */
  public SshPublicKey hostKey() {
    return SshPublicKey.parse(Folders.read(target.knownHosts()).strip().split(" ", 2)[1]);
  }

  /** {@code ssh target command}, to its end. */
  public Result ssh(String command) {
    return openssh(HOST, command).run();
  }

  /** ssh with this laptop's configuration; the arguments say the rest, {@link #HOST} included. */
  public Program openssh(String... arguments) {
    Programs.require("ssh", "openssh-client");
    return program("ssh", "-F", config.toString()).and(arguments);
  }

  /** Any program, at home on this laptop. */
  public Program program(String name, String... arguments) {
    return Program.in(home, Stream.concat(Stream.of(name), Stream.of(arguments)).toList());
  }

  /** Starts a program that this laptop ends with the test. */
  public Running start(Program program) {
    return keep(program.start());
  }

  /** Opens a terminal window of 80 columns and 24 rows that closes with the test. */
  public Terminal terminal(Program program) {
    return keep(Terminal.open(program, 80, 24));
  }

  /** Closes something together with this laptop, the last first. */
  public <T extends AutoCloseable> T keep(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  @Override
  public void close() {
    opened.forEach(Laptop::close);
    Folders.delete(home);
    Folders.delete(remote);
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError("cannot close " + closeable, e);
    }
  }

  private Path configure() {
    try {
      // Clients that read no configuration (libssh2, dropbear) look here for host keys.
      var folder = Files.createDirectory(home.resolve(".ssh"));
      Files.copy(target.knownHosts(), folder.resolve("known_hosts"));
      return Files.write(
          folder.resolve("config"),
          List.of(
              "Host " + HOST,
              "HostName " + target.host(),
              "Port " + target.port(),
              "User " + target.login(),
              "IdentityFile " + target.identity(),
              "IdentitiesOnly yes",
              "BatchMode yes",
              "UserKnownHostsFile " + target.knownHosts(),
              "GlobalKnownHostsFile /dev/null",
              "StrictHostKeyChecking yes",
              "ExitOnForwardFailure yes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
