package dev.gatehouse.console.terminal;

import java.util.Objects;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.terminal.Terminal;

/** JLine's line editor, kept to what a server may let people do. */
public final class LineEditor {
  /** The beginning of a bracketed paste. */
  private static final String PASTED = "\u001b[200~";

  private LineEditor() {}

  static LineReader on(ChannelTerminal terminal) {
    return restricted(LineReaderBuilder.builder().appName("gate").terminal(terminal));
  }

  public static LineReader restricted(LineReaderBuilder builder) {
    var reader = builder.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
    // ^X^E opens an editor that reads and writes any file of the gateway.
    reader.getWidgets().remove(LineReader.EDIT_AND_EXECUTE_COMMAND);
    // A terminal that calls itself dumb, such as a shell in Emacs, may mark what is pasted all the
    // same, and JLine would take the mark for text.
    Objects.requireNonNull(reader.getKeyMaps().get(LineReader.DUMB))
        .bind(new Reference(LineReader.BEGIN_PASTE), PASTED);
    return reader;
  }

  /** Whether TAB does anything there. */
  public static boolean completes(ChannelTerminal terminal) {
    return !Terminal.TYPE_DUMB.equals(terminal.getType());
  }
}
