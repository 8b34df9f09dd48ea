package dev.gatehouse.console.view;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * All that a person gets to see goes through here, as {@link Line}s. Used by the command's thread
 * only.
 */
public final class Screen {
  private static final String ERASE_LINE = "\r\u001b[K";

  /** How results are written. */
  public enum Format {
    /** For people: aligned, with headers. */
    TERMINAL,
    /** For scripts: columns separated by one tab, no headers. */
    PLAIN,
    JSON
  }

  /**
   * What the other side can do.
   *
   * @param terminal whether a person watches
   * @param live whether a line can be rewritten
   * @param colour whether SGR colours are wanted
   * @param columns the width now
   * @param rows the height now
   */
  public record Look(
      boolean terminal, boolean live, boolean colour, IntSupplier columns, IntSupplier rows) {
    public static final Look PLAIN = new Look(false, false, false, () -> 80, () -> 24);
  }

  private final OutputStream out;
  private final OutputStream err;
  private final Look look;

  public Screen(OutputStream out, OutputStream err, Look look) {
    this.out = out;
    this.err = err;
    this.look = look;
  }

  public Look look() {
    return look;
  }

  public int columns() {
    return look.columns().getAsInt();
  }

  public int rows() {
    return look.rows().getAsInt();
  }

  public Format format() {
    return look.terminal() ? Format.TERMINAL : Format.PLAIN;
  }

  public void show(Result result, Format format, Instant now) {
    switch (format) {
      case TERMINAL -> new TerminalRenderer(columns(), now).lines(result).forEach(this::print);
      case PLAIN -> plain(result);
      case JSON -> write(out, JsonRenderer.text(result) + "\n");
    }
  }

  private void plain(Result result) {
    if (result instanceof Result.Text(var text, _)) {
      write(out, text);
    } else {
      PlainRenderer.lines(result).forEach(this::print);
    }
  }

  /** A result as one line of JSON: for what comes one by one (JSON lines). */
  public void jsonLine(Result result) {
    write(out, JsonRenderer.line(result) + "\n");
  }

  /** The lines of a table as a person sees it, for a larger picture. */
  public List<Line> lines(Table table, Instant now) {
    return new TerminalRenderer(columns() - 1, now).lines(table);
  }

  public void print(Line line) {
    write(out, line.render(look.colour()) + "\n");
  }

  /** A line beside the results: on stderr. */
  public void tell(Line line) {
    write(err, line.render(look.colour()) + "\n");
  }

  /** Tells a mistake or a failure; each line of it is marked as ours. */
  public void error(String text) {
    text.lines().forEach(l -> tell(new Line().add(Line.Style.BAD, "gate:").add(" ").add(l)));
  }

  /** Rewrites the line that the cursor is in; only where {@link Look#live}. */
  public void live(Line line) {
    write(err, ERASE_LINE + line.cut(columns() - 1).render(look.colour()));
  }

  public void endLive() {
    write(err, ERASE_LINE);
  }

  /**
   * For what waits without a word.
   *
   * @throws ClientGone if nobody can read it any more
   */
  public void requireClient() {
    write(out, "");
  }

  public boolean isTerminal() {
    return look.terminal();
  }

  /** Escape sequences of ours; text of others in it comes from {@link Line#render}. */
  void raw(String text) {
    write(out, text);
  }

  private static void write(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (InterruptedIOException e) {
      // Ctrl-C while the window was full. The flag would make the next write fail too.
      Thread.interrupted();
      throw new Interrupted("interrupted");
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }
}
