package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process on a session channel. Each stream has a platform thread, since it blocks in native
 * code; a virtual thread watches over the whole. The channel is over when the process has ended
 * <em>and</em> its output is closed, by its descendants too, as with sshd; with a terminal the end
 * of the process is enough.
 */
final class ProcessCommand implements Command {
  private static final Logger log = LoggerFactory.getLogger(ProcessCommand.class);
  private static final int CHUNK = 32 * 1024;
  private static final int NOT_STARTED = 255;

  /**
   * Output ends a moment before the end of the process is known. Only when that takes longer did
   * the process really close its output and go on.
   */
  private static final long MOMENT_MILLIS = 500;

  private final SessionChannel channel;
  private final ProcessTrees processes;
  private final Launch launch;
  private final Stdio stdio;
  private final @Nullable X11Display display;
  private final CompletableFuture<Child> child = new CompletableFuture<>();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();

  ProcessCommand(
      SessionChannel channel,
      ProcessTrees processes,
      Launch launch,
      Stdio stdio,
      @Nullable X11Display display) {
    this.channel = channel;
    this.processes = processes;
    this.launch = launch;
    this.stdio = stdio;
    this.display = display;
  }

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    this.err = err;
  }

  /** Not used: MINA's callback knows no signals. */
  @Override
  public void setExitCallback(ExitCallback callback) {}

  @Override
  public void start(ChannelSession channel, Environment environment) {
    this.channel.processStarts();
    Thread.ofVirtual().name("local-session-" + channel.getChannelId()).start(this::run);
  }

  /** The channel is gone: a terminal hangs up, pipes break; the process itself is left alone. */
  @Override
  public void destroy(ChannelSession channel) {
    stdio.close();
  }

  /**
   * Sends the signal now, or as soon as the process has been started: it may run before its number
   * is known here.
   *
   * @return whether there is such a signal
   */
  boolean signal(String name) {
    var number = Signals.number(name);
    if (number.isPresent()) {
      var _ = child.thenAccept(started -> signal(started, number.getAsInt()));
    }
    return number.isPresent();
  }

  private static void signal(Child child, int number) {
    try {
      child.signal(number);
    } catch (IOException e) {
      log.debug("the process cannot be signalled", e);
    }
  }

  /** The client takes no more output: the process shall get SIGPIPE. */
  void stopReading() {
    if (stdio instanceof Stdio.Pipes pipes) {
      pipes.output().close();
      pipes.error().close();
    }
  }

  private void run() {
    try {
      channel.finish(runToEnd());
    } catch (IOException e) {
      log.debug("the channel of a process ended early", e);
      channel.close(true);
    } catch (RuntimeException e) {
      log.error("[local-session] a session failed", e);
      channel.close(true);
    } finally {
      stdio.close();
    }
  }

  private ExitStatus runToEnd() throws IOException {
    Child started;
    try {
      if (display != null) {
        display.authorise(launch, processes).ifPresent(this::tell);
      }
      started = processes.start(launch, stdio);
    } catch (IOException e) {
      log.warn("[local-exec] {} cannot be started", launch.program(), e);
      tell("cannot start " + launch.program() + ": " + e.getMessage());
      return new ExitStatus.Exited(NOT_STARTED);
    } finally {
      if (stdio instanceof Stdio.Pipes pipes) {
        pipes.closeTheirs();
      }
    }
    child.complete(started);
    var _ = started.exit().whenComplete((_, _) -> processEnded());
    startThread("stdin", this::feed);
    outputThreads().forEach(ProcessCommand::join);
    if (!endsWithin(started, MOMENT_MILLIS)) {
      channel.endOutput();
    }
    return started.exit().join();
  }

  private void processEnded() {
    switch (stdio) {
      case Stdio.Terminal terminal -> terminal.pty().master().endAfterLastWords();
      case Stdio.Pipes pipes -> pipes.input().close();
    }
  }

  private List<Thread> outputThreads() {
    var threads = new ArrayList<Thread>();
    switch (stdio) {
      case Stdio.Terminal terminal ->
          threads.add(startThread("tty", () -> drain(terminal.pty().master(), out)));
      case Stdio.Pipes pipes -> {
        threads.add(startThread("stdout", () -> drain(pipes.output(), out)));
        threads.add(startThread("stderr", () -> drain(pipes.error(), err)));
      }
    }
    return threads;
  }

  private Thread startThread(String stream, Runnable task) {
    var name = "local-session-" + channel.getChannelId() + "-" + stream;
    return Thread.ofPlatform().daemon().name(name).start(task);
  }

  /** What the process writes goes to the client; the channel's window holds this thread back. */
  private static void drain(Fd from, OutputStream to) {
    var chunk = new byte[CHUNK];
    try {
      for (var n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      log.debug("output is taken by nobody any more", e);
      from.close();
    }
  }

  /** What the client writes goes to the process; the client's EOF closes the process's stdin. */
  private void feed() {
    var chunk = new byte[CHUNK];
    var listens = true;
    try {
      for (var n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        listens = listens && pass(chunk, n);
      }
      if (stdio instanceof Stdio.Pipes pipes) {
        pipes.input().close();
      }
    } catch (IOException e) {
      log.debug("input ended with its channel", e);
    }
  }

  /** What nobody reads is thrown away, so that the client's window does not fill for ever. */
  private boolean pass(byte[] chunk, int length) throws IOException {
    try {
      stdio.input().write(chunk, length);
      return true;
    } catch (IOException e) {
      log.debug("the process does not read its input", e);
      channel.sendEndOfWrite();
      return false;
    }
  }

  private void tell(String line) {
    try {
      err.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      log.debug("a message found no reader", e);
    }
  }

  private static boolean endsWithin(Child child, long millis) {
    try {
      child.exit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("nothing interrupts or fails a reaper", e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nothing interrupts a session's thread", e);
    }
  }
}
