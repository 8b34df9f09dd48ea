package dev.gatehouse.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A program about to be run, with nothing inherited from the person who runs the tests: its
 * environment is only what stands here.
 *
 * @param folder the working folder
 * @param input what it reads; {@link #TYPED} means what {@link Running#type} is given
 * @param deadline when {@link Running#await} gives up and fails
 */
public record Program(
    List<String> command,
    Map<String, String> environment,
    Path folder,
    Redirect input,
    Duration deadline) {
  private static final Redirect TYPED = Redirect.PIPE;
  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A program in a home folder, which is also its working folder; it reads nothing. */
  public static Program in(Path home, List<String> command) {
    var environment =
        Map.of("PATH", Programs.PATH, "HOME", home.toString(), "LANG", "C.UTF-8", "TERM", "xterm");
    return new Program(command, environment, home, NOTHING, DEADLINE);
  }

  public Program and(String... arguments) {
    var all = Stream.concat(command.stream(), Stream.of(arguments)).toList();
    return new Program(all, environment, folder, input, deadline);
  }

  public Program with(String variable, String value) {
    var all = new TreeMap<>(environment);
    all.put(variable, value);
    return new Program(command, all, folder, input, deadline);
  }

  public Program in(Path folder) {
    return new Program(command, environment, folder, input, deadline);
  }

  /** Lets it read from a file or device. */
  public Program reading(Path file) {
    return new Program(command, environment, folder, Redirect.from(file.toFile()), deadline);
  }

  /** Lets it read what is given to {@link Running#type}. */
  public Program typed() {
    return new Program(command, environment, folder, TYPED, deadline);
  }

  public Program within(Duration deadline) {
    return new Program(command, environment, folder, input, deadline);
  }

  public Running start() {
    return new Running(this, launch());
  }

  /** Runs it to its end. */
  public Result run() {
    try (var running = start()) {
      return running.await();
    }
  }

  /** Runs it to its end with this as its input. */
  public Result run(byte[] stdin) {
    try (var running = typed().start()) {
      running.feed(stdin);
      return running.await();
    }
  }

  public Result run(String stdin) {
    return run(stdin.getBytes(StandardCharsets.UTF_8));
  }

  /** Starts it with its streams in the caller's hands, for what is too large to be kept. */
  public Process launch() {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectInput(input);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
