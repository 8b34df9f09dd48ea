package dev.gatehouse;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The home of somebody who tries Gatehouse, and the state folder that it is told to use. */
public final class TryHome implements AutoCloseable {
  private static final Path INSTALLATION = Path.of("..").toAbsolutePath().normalize();
  private static final Path JAR = Path.of("target", "gatehouse.jar").toAbsolutePath();

  private final Path folder = Folders.temporary();
  private final Path home;
  private final Path state;

  public TryHome() {
    this("home", "state");
  }

  /**
   * @param home the name of the home folder
   * @param state the name of the state folder beside it
   */
  TryHome(String home, String state) {
    this.home = makeFolder(folder.resolve(home));
    this.state = folder.resolve(state);
  }

  public Path home() {
    return home;
  }

  public Path state() {
    return state;
  }

  /** Makes a key pair in ~/.ssh. */
  TryHome withKey(String name) {
    Keys.generate(ssh(), name);
    return this;
  }

  /** Writes something into ~/.ssh. */
  TryHome withFile(String name, String text) {
    Folders.write(ssh().resolve(name), text);
    return this;
  }

  private Path ssh() {
    return makeFolder(home.resolve(".ssh"));
  }

  /** Any program, at home here. */
  public Program program(String... command) {
    return Program.in(home, List.of(command));
  }

  /** {@code gatehouse} with these arguments, as the launcher runs it. */
  public Program gatehouse(String... arguments) {
    return gatehouse(INSTALLATION, arguments);
  }

  /** As above, with another folder {@code config}. */
  Program gatehouse(Path installation, String... arguments) {
    // A shell that runs the tests in its background has SIGINT ignored, which is inherited.
    Programs.require("env", "coreutils");
    return program(
            "env",
            "--default-signal=INT",
            System.getProperty("java.home") + "/bin/java",
            "@" + INSTALLATION.resolve("config/jvm.options"),
            "-Dgatehouse.home=" + installation,
            "-jar",
            JAR.toString())
        .and(arguments);
  }

  /** Runs {@code gatehouse try} on the state folder to its end, which should come at once. */
  public Result fail(String... arguments) {
    return tryCommand(arguments).run();
  }

  /** Starts {@code gatehouse try} on the state folder, and waits until it is ready. */
  public TryGateway start(String... arguments) {
    Programs.require("ssh", "openssh-client");
    return TryGateway.start(this, tryCommand(arguments));
  }

  private Program tryCommand(String... arguments) {
    return gatehouse("try", "--port", "0", "--state", state.toString()).and(arguments);
  }

  /** All files and folders of the state folder, except what people have in their homes. */
  List<Path> stateFiles() {
    var homes = state.resolve("homes");
    try (var files = Files.walk(state)) {
      return files
          .filter(file -> !file.startsWith(homes) || homes.relativize(file).getNameCount() == 1)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names in the state folder. */
  Stream<String> stateNames() {
    return stateFiles().stream().map(file -> file.getFileName().toString());
  }

  static Path makeFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Folders.delete(folder);
  }
}
