package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;

/** A program that runs; closing this ends it, and what it started. */
public final class Running implements AutoCloseable {
  private final Program program;
  private final Process process;
  private final Capture stdout;
  private final Capture stderr;

  Running(Program program, Process process) {
    this.program = program;
    this.process = process;
    stdout = new Capture("stdout of " + process.pid(), process.getInputStream());
    stderr = new Capture("stderr of " + process.pid(), process.getErrorStream());
  }

  /** Writes a part of its input. */
  public void type(String input) {
    try {
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes its input. */
  public void endInput() {
    feed(new byte[0]);
  }

  /** Writes all of it and closes; a program that stops reading early is no error. */
  void feed(byte[] input) {
    try (var stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // EPIPE: it has read as much as it wanted, and how it ends will tell the rest.
    }
  }

  public MatchResult awaitStdout(String regex) {
    return stdout.await(regex, Poll.PATIENCE);
  }

  public MatchResult awaitStderr(String regex) {
    return stderr.await(regex, Poll.PATIENCE);
  }

  public byte[] stdoutSoFar() {
    return stdout.bytes();
  }

  public String stderrSoFar() {
    return stderr.text();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it with SIGKILL, so that it cannot say goodbye to anybody. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Asks it to end with SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  public Result await() {
    try {
      if (!process.waitFor(program.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            program.command() + " still runs after " + program.deadline() + "\n" + result(-1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + program.command(), e);
    }
    // A grandchild may hold a stream open for longer; that is worth a failure of its own.
    stdout.awaitEnd(Duration.ofSeconds(10));
    stderr.awaitEnd(Duration.ofSeconds(10));
    return result(process.exitValue());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Result result(int exit) {
    return new Result(exit, stdout.bytes(), stderr.text());
  }
}
