package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Helm 3 or 4 as the program {@code helm}: for machines that the library has no native part for.
 * Helm 4 is told to change objects as Helm 3 does, or the fields of a release that was made with
 * one would be in conflict with the other's.
 */
final class HelmProgram implements HelmCommands {
  private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.\\d+.*", Pattern.DOTALL);

  /** Where the words for people begin; the log stands before them. */
  private static final Pattern ERROR =
      Pattern.compile("(?m)^Error: (?:INSTALLATION FAILED: |UPGRADE FAILED: )?");

  private final Path program;
  private final boolean isFour;

  private HelmProgram(Path program, boolean isFour) {
    this.program = program;
    this.isFour = isFour;
  }

  /**
   * @throws UserError if it cannot be run, or is of another version than 3 or 4
   */
  static HelmProgram open(Path program) {
    var answer = new HelmProgram(program, false).run(List.of("version", "--short")).strip();
    var version = VERSION.matcher(answer);
    if (!version.matches() || !List.of("3", "4").contains(version.group(1))) {
      throw new UserError(
          ExitCode.CONFIG,
          "%s says that it is %s: Helm 3 or 4 is needed"
              .formatted(Quote.path(program), Quote.of(answer)));
    }
    return new HelmProgram(program, version.group(1).equals("4"));
  }

  @Override
  public String template(Release release, Path values) {
    return run(command("template", release, values, "--no-hooks", "--kube-version", KUBERNETES));
  }

  @Override
  public void install(Release release, Path values, Path kubeconfig) {
    change("install", release, values, kubeconfig);
  }

  @Override
  public void upgrade(Release release, Path values, Path kubeconfig) {
    change("upgrade", release, values, kubeconfig, "--reset-values", "--history-max", "0");
  }

  /** With its log, since the error alone does not say why. */
  @Override
  public void uninstall(String namespace, String name, Path kubeconfig) {
    run(
        List.of(
            "uninstall",
            name,
            "--namespace",
            namespace,
            "--kubeconfig",
            kubeconfig.toString(),
            "--debug"));
  }

  private void change(
      String verb, Release release, Path values, Path kubeconfig, String... options) {
    var arguments = new ArrayList<>(command(verb, release, values, options));
    arguments.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    if (isFour) {
      arguments.add("--server-side=false");
    }
    run(arguments);
  }

  private static List<String> command(
      String verb, Release release, Path values, String... options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(
        List.of(
            verb,
            release.name(),
            release.chart().toAbsolutePath().toString(),
            "--namespace",
            release.namespace(),
            "--values",
            values.toString()));
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** Returns what it printed. */
  private String run(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(arguments);
    try (var files = new CallFiles()) {
      var errors = files.folder().resolve("errors");
      var builder = new ProcessBuilder(command).redirectError(errors.toFile());
      HelmEnvironment.clean(builder.environment(), files.folder());
      var process = builder.start();
      try {
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new HelmError(words(Files.readString(errors), arguments.contains("--debug")));
        }
        return output;
      } finally {
        process.destroy();
      }
    } catch (InterruptedException | InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw new HelmError("interrupted", e);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.UNAVAILABLE,
          "%s cannot be run: %s".formatted(Quote.path(program), FileProblem.of(e)));
    }
  }

  /** The error, and the log behind a line of dashes if it was asked for: as the library has it. */
  private static String words(String errors, boolean wantsLog) {
    var error = ERROR.matcher(errors);
    if (!error.find()) {
      return errors.strip();
    }
    var words = errors.substring(error.end()).strip();
    // Helm 4 writes its log with quoted values.
    return wantsLog
        ? words + "\n---\n" + errors.substring(0, error.start()).replace("\\\"", "\"")
        : words;
  }
}
