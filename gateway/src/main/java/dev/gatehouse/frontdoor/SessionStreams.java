package dev.gatehouse.frontdoor;

import dev.gatehouse.console.terminal.ConsoleStreams;
import dev.gatehouse.relay.LocalSession;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Optional;

/** A relay's local session as the console wants it. */
record SessionStreams(LocalSession session, InetAddress client) implements ConsoleStreams {
  @Override
  public InputStream in() {
    return session.in();
  }

  @Override
  public OutputStream out() {
    return session.out();
  }

  @Override
  public OutputStream err() {
    return session.err();
  }

  @Override
  public Optional<InetAddress> address() {
    return Optional.of(client);
  }

  @Override
  public Optional<Pty> pty() {
    return session.terminal().map(SessionPty::new);
  }

  private record SessionPty(LocalSession.Terminal terminal) implements Pty {
    @Override
    public String term() {
      return terminal.type();
    }

    @Override
    public Size size() {
      return new Size(terminal.columns(), terminal.rows());
    }

    @Override
    public void onResize(Runnable listener) {
      terminal.onResize(listener);
    }
  }
}
