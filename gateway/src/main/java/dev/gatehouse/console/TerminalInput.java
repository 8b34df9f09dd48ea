package dev.gatehouse.console;

import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** A person at a terminal. */
record TerminalInput(ChannelTerminal terminal) implements Input {
  private static final @Nullable Character SHOWN = null;
  private static final Character HIDDEN = '\0';

  @Override
  public Optional<String> ask(String question) throws InterruptedException {
    return line(question, SHOWN);
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

  /** The other lines of a pasted private key would be taken for commands, and shown. */
  private void swallow(String first) throws InterruptedException {
    var line = Optional.of(first);
    while (line.isPresent() && !PrivateKeys.isEndIn(line.get())) {
      line = line("", hidden());
    }
  }

  private Optional<String> line(String question, @Nullable Character mask)
      throws InterruptedException {
    var prompt = Line.of(question).render(false);
    try {
      return Optional.of(LineEditor.on(terminal).readLine(prompt, mask).strip());
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
