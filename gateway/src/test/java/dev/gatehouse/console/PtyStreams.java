package dev.gatehouse.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.console.terminal.ConsoleStreams;
import dev.gatehouse.directory.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A channel with a terminal in the test's hands: it types, and waits for what it wants to see. */
public final class PtyStreams implements ConsoleStreams, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A screen that is erased, or a row and what is written there. */
  private static final Pattern CURSOR =
      Pattern.compile("\u001b\\[2J|\u001b\\[(\\d+);1H([^\u001b]*)\u001b\\[K");

  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final PipedInputStream in;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final List<Runnable> resizeListeners = new ArrayList<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final String term;
  private volatile Pty.Size size = new Pty.Size(80, 24);
  private volatile boolean gone;
  boolean noColor;

  public PtyStreams(String term) {
    this.term = term;
    try {
      in = new PipedInputStream(keyboard, 1 << 17);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the console on its own virtual thread, as the front door does. */
  public PtyStreams run(Console console, Person person, String commandLine) {
    Thread.ofVirtual()
        .name("test-console")
        .start(
            () -> {
              try {
                exit.complete(console.run(person, commandLine, this));
              } catch (Throwable e) {
                exit.completeExceptionally(e);
              }
            });
    return this;
  }

  public PtyStreams type(String keys) {
    try {
      keyboard.write(keys.getBytes(UTF_8));
      keyboard.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /** The client ends its input, as a closed channel does too. */
  public void end() {
    try {
      keyboard.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The client's connection breaks. */
  public void vanish() {
    gone = true;
    end();
  }

  public void resize(int columns, int rows) {
    size = new Pty.Size(columns, rows);
    resizeListeners.forEach(Runnable::run);
  }

  public int exit() throws Exception {
    return exit.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  public PtyStreams await(String text) throws InterruptedException {
    return await(s -> s.contains(text), "'" + text + "'");
  }

  public synchronized PtyStreams await(Predicate<String> wanted, String what) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.test(text())) {
      var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError("never saw " + what + " in:\n" + text());
      }
      wait(left);
    }
    return this;
  }

  /** All that was ever sent to the screen. */
  public synchronized String text() {
    return shown.toString(UTF_8);
  }

  /** What was sent to the screen, without escape sequences. */
  public String plainText() {
    return text().replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[=>]", "").replace("\r", "");
  }

  /**
   * What a person sees, as far as the cursor was only moved to the beginnings of lines: one row a
   * line, without blank ones at the end.
   */
  public synchronized String picture() {
    var rows = new TreeMap<Integer, String>();
    var writes = CURSOR.matcher(text());
    while (writes.find()) {
      if (writes.group(1) == null) {
        rows.clear();
      } else {
        rows.put(Integer.valueOf(writes.group(1)), writes.group(2).stripTrailing());
      }
    }
    var picture = new StringBuilder();
    for (var row = 1; !rows.isEmpty() && row <= rows.lastKey(); row++) {
      picture.append(rows.getOrDefault(row, "")).append('\n');
    }
    return picture.toString();
  }

  public synchronized PtyStreams forget() {
    shown.reset();
    return this;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (gone) {
          throw new IOException("the channel is closed");
        }
        synchronized (PtyStreams.this) {
          shown.write(bytes, offset, length);
          PtyStreams.this.notifyAll();
        }
      }
    };
  }

  @Override
  public OutputStream err() {
    return out();
  }

  @Override
  public boolean noColor() {
    return noColor;
  }

  @Override
  public Optional<InetAddress> address() {
    return Optional.of(InetAddress.ofLiteral("192.0.2.77"));
  }

  @Override
  public Optional<Pty> pty() {
    return Optional.of(
        new Pty() {
          @Override
          public String term() {
            return term;
          }

          @Override
          public Size size() {
            return size;
          }

          @Override
          public void onResize(Runnable listener) {
            resizeListeners.add(listener);
          }
        });
  }

  @Override
  public void close() {
    vanish();
  }
}
