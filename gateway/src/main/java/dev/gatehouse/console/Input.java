package dev.gatehouse.console;

import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** What a command may take from its person beside its arguments. Used by the command's thread. */
interface Input {
  /** What was piped in, cut off behind so many bytes; empty where a person types. */
  Optional<String> piped(int most);

  /** The answer to a question; empty where nobody can be asked. */
  Optional<String> ask(String question);

  /** Of a channel without a terminal. */
  static Input of(InputStream in) {
    return new Input() {
      @Override
      public Optional<String> piped(int most) {
        try {
          return Optional.of(new String(in.readNBytes(most), StandardCharsets.UTF_8));
        } catch (InterruptedIOException e) {
          throw new Interrupted("interrupted");
        } catch (IOException e) {
          throw new ClientGone(e);
        }
      }

      @Override
      public Optional<String> ask(String question) {
        return Optional.empty();
      }
    };
  }

  /** Of a person at a terminal. */
  static Input of(Terminal terminal) {
    return new Input() {
      @Override
      public Optional<String> piped(int most) {
        return Optional.empty();
      }

      @Override
      public Optional<String> ask(String question) {
        var reader =
            LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
        try {
          return Optional.of(reader.readLine(question).strip());
        } catch (UserInterruptException | EndOfFileException | IOError e) {
          throw new Interrupted("nothing was changed");
        }
      }
    };
  }
}
