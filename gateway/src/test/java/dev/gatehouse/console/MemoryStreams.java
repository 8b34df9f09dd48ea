package dev.gatehouse.console;

import dev.gatehouse.console.terminal.ConsoleStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A channel without a terminal, in memory. */
public final class MemoryStreams implements ConsoleStreams {
  private final InputStream in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  MemoryStreams(String stdin) {
    this(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
  }

  public MemoryStreams(InputStream in) {
    this.in = in;
  }

  @Override
  public InputStream in() {
    return in;
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
  public Optional<InetAddress> address() {
    return Optional.of(InetAddress.ofLiteral("192.0.2.77"));
  }

  @Override
  public Optional<Pty> pty() {
    return Optional.empty();
  }

  public String outText() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String errText() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
