package dev.gatehouse.console;

import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;

/** JLine's line editor, kept to what a server may let people do. */
final class LineEditor {
  private LineEditor() {}

  static LineReader on(ChannelTerminal terminal) {
    return restricted(LineReaderBuilder.builder().appName("gate").terminal(terminal));
  }

  static LineReader restricted(LineReaderBuilder builder) {
    var reader = builder.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
    // ^X^E opens an editor that reads and writes any file of the gateway.
    reader.getWidgets().remove(LineReader.EDIT_AND_EXECUTE_COMMAND);
    return reader;
  }
}
