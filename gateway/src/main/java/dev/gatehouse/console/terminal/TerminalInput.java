package dev.gatehouse.console.terminal;

import dev.gatehouse.console.editor.Edited;
import dev.gatehouse.console.editor.Editing;
import dev.gatehouse.console.editor.TextEditor;
import dev.gatehouse.console.view.ClientGone;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** A person at a terminal. */
public record TerminalInput(ChannelTerminal terminal) implements Input {
  private static final @Nullable Character SHOWN = null;
  private static final Character HIDDEN = '\0';
  private static final int CTRL_D = 4;
  private static final int ESCAPE = 27;

  /** The characters of one key come together, or there was only the first. */
  private static final long SAME_KEY_MILLIS = 50;

  private static final int END = NonBlockingReader.EOF;

  @Override
  public Optional<String> ask(String question) throws InterruptedException {
    return line(question, SHOWN);
  }

  /** Of the keys that send several characters it knows the arrows. */
  @Override
  public Optional<Key> key(Duration within) throws InterruptedException {
    var c = next(within.toMillis());
    return switch (c) {
      case NonBlockingReader.READ_EXPIRED -> Optional.empty();
      case END, CTRL_D -> Optional.of(Key.QUIT);
      case ESCAPE -> sequence();
      default -> Optional.of(Key.of(c));
    };
  }

  /** {@code ESC [ A} or, in a terminal's application mode, {@code ESC O A}. */
  private Optional<Key> sequence() throws InterruptedException {
    var introducer = next(SAME_KEY_MILLIS);
    if (introducer != '[' && introducer != 'O') {
      return Optional.empty();
    }
    var last = next(SAME_KEY_MILLIS);
    while (last >= ' ' && last < '@') {
      last = next(SAME_KEY_MILLIS);
    }
    return switch (last) {
      case 'A' -> Optional.of(Key.UP);
      case 'B' -> Optional.of(Key.DOWN);
      default -> Optional.empty();
    };
  }

  private int next(long millis) throws InterruptedException {
    try {
      return terminal.reader().read(Math.max(1, millis));
    } catch (InterruptedIOException e) {
      throw new InterruptedException("interrupted");
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }

  @Override
  public String read(String question) throws InterruptedException {
    var text = line(question + " (it is not shown): ", hidden()).orElse("");
    if (PrivateKeys.isIn(text)) {
      swallow(text);
    }
    PrivateKeys.refuse(text);
    return text;
  }

  @Override
  public Optional<String> secret(String question) throws InterruptedException {
    return hidden() == null ? Optional.empty() : typed(question, HIDDEN);
  }

  /**
   * The terminal's echo is off, and the line editor is not used: nothing of it is shown.
   *
   * @throws UserError also if its end is in the middle of a line: {@link ChannelTerminal} ends the
   *     input at a line that is too long, and half a file must not pass for a whole one
   */
  @Override
  public String file() throws InterruptedException {
    var text = new StringBuilder();
    var c = next();
    for (; c != END && c != CTRL_D; c = next()) {
      text.append((char) c);
      if (text.length() > MOST_OF_FILE) {
        throw UserError.usage("the input is longer than %d KiB".formatted(MOST_OF_FILE / 1024));
      }
    }
    if (c == END && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      throw UserError.usage(
          "the file ends in the middle of a line, or one is too long for a terminal: without ssh"
              + " -t it may be");
    }
    return TextFiles.of(text.toString());
  }

  @Override
  public String exactly(int most) throws InterruptedException {
    return file();
  }

  @Override
  public Edited edit(Editing editing) {
    if (!TextEditor.works(terminal)) {
      throw UserError.usage(
          "the terminal '%s' cannot show an editor; give the whole text on stdin, without ssh -t"
              .formatted(terminal.getType()));
    }
    return terminal.withKeystrokes(() -> TextEditor.edit(terminal, editing));
  }

  /** JLine's reader says now and then that there is nothing yet, although it may wait. */
  private int next() throws InterruptedException {
    try {
      var c = terminal.reader().read();
      while (c == NonBlockingReader.READ_EXPIRED) {
        c = terminal.reader().read();
      }
      return c;
    } catch (InterruptedIOException e) {
      throw new InterruptedException("interrupted");
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }

  /** The other lines of a pasted private key would be taken for commands, and shown. */
  private void swallow(String first) throws InterruptedException {
    var line = Optional.of(first);
    while (line.isPresent() && !PrivateKeys.isEndIn(line.get())) {
      line = line("", hidden());
    }
  }

  private Optional<String> line(String question, @Nullable Character mask)
      throws InterruptedException {
    return typed(question, mask).map(String::strip);
  }

  private Optional<String> typed(String question, @Nullable Character mask)
      throws InterruptedException {
    var prompt = Line.of(question).render(false);
    try {
      return Optional.of(LineEditor.on(terminal).readLine(prompt, mask));
    } catch (UserInterruptException e) {
      throw new InterruptedException("interrupted");
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  /** JLine hides on a dumb terminal by writing over what is typed, again and again. */
  private @Nullable Character hidden() {
    return Terminal.TYPE_DUMB.equals(terminal.getType()) ? SHOWN : HIDDEN;
  }
}
