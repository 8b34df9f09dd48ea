package dev.gatehouse.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to the program in the workspace that starts services, and its answer. The workspace
 * is its person's: what it says may be anything, and as long as it likes.
 */
final class Dialogue implements AutoCloseable {
  private static final String SUBSYSTEM = "gatehouse-service";
  private static final String GREETING = "gatehouse-service 1";
  private static final int LONGEST = 8192;

  /** Of an answer: 10,000 lines of a log are shorter, and so are the states of an hour. */
  private static final int MOST = 4 << 20;

  /** What the start-up files of a shell may write before. */
  private static final int NOISE = 1000;

  private final WorkspaceLink.Stream stream;
  private final Reader reader;
  private int read;

  private Dialogue(WorkspaceLink.Stream stream) {
    this.stream = stream;
    this.reader = new BufferedReader(new InputStreamReader(stream.in(), UTF_8));
  }

  /** Writes a request and reads up to where the answer begins. */
  static Dialogue open(WorkspaceLink link, List<String> request) {
    try {
      var dialogue = new Dialogue(link.subsystem(SUBSYSTEM));
      dialogue.write(String.join("\n", request) + "\n\n");
      dialogue.greet();
      return dialogue;
    } catch (IOException e) {
      throw unsupported(e);
    }
  }

  private void greet() throws IOException {
    for (var i = 0; i < NOISE; i++) {
      var line = next();
      if (line.isEmpty()) {
        break;
      }
      if (line.get().equals(GREETING)) {
        return;
      }
    }
    throw unsupported(null);
  }

  /** The next line; empty after the last. */
  Optional<String> next() throws IOException {
    var line = new StringBuilder();
    for (var c = read(); c != '\n'; c = read()) {
      if (c < 0) {
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
      }
      if (line.length() < LONGEST) {
        line.append((char) c);
      }
    }
    return Optional.of(line.toString());
  }

  private int read() throws IOException {
    if (++read > MOST) {
      throw new IOException("the workspace says too much");
    }
    return reader.read();
  }

  /** Says that the service is ready. */
  void ready() throws IOException {
    write("ready\n");
  }

  private void write(String text) throws IOException {
    stream.out().write(text.getBytes(UTF_8));
    stream.out().flush();
  }

  @Override
  public void close() {
    stream.close();
  }

  private static FailureException unsupported(@Nullable IOException e) {
    return new FailureException(
        new Failure.Unavailable(
            "service-unsupported",
            "the workspace cannot start services: it was started by an older Gatehouse, or is"
                + " ending; gate workspace stop, then connect again"),
        e);
  }
}
