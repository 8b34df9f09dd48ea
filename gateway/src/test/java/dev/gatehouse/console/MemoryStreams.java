package dev.gatehouse.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A channel without a terminal, in memory. */
final class MemoryStreams implements ConsoleStreams {
  private final byte[] stdin;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  MemoryStreams(String stdin) {
    this.stdin = stdin.getBytes(StandardCharsets.UTF_8);
  }

  MemoryStreams() {
    this("");
  }

  @Override
  public InputStream in() {
    return new ByteArrayInputStream(stdin);
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public OutputStream err() {
    return err;
  }

  @Override
  public Optional<Pty> pty() {
    return Optional.empty();
  }

  String outText() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String errText() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
