package dev.gatehouse.console.editor;

import dev.gatehouse.console.editor.EditorKeys.Action;
import dev.gatehouse.failure.UserError;
import java.io.IOError;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * One text on one terminal, until the person leaves. Keys are read by the caller's thread; the
 * window's size is followed by another, so what both touch is guarded by this.
 */
public final class TextEditor {
  private static final String PASTE_MARKS_ON = "\u001b[?2004h";
  private static final String PASTE_MARKS_OFF = "\u001b[?2004l";

  /** YAML forbids the character. */
  private static final String TAB = "  ";

  private static final String NO_ROOM = "the text would be too long";

  private static final String HELP =
      "^O takes the text, after a check. ^X leaves. Arrows, Home, End, PgUp and PgDn move, M-\\ and"
          + " M-/ go to the first and last line, ^_ to a line by its number. ^W searches, M-W"
          + " searches on. ^K cuts a line, ^U puts cut lines back, M-U undoes. ^C tells where you"
          + " are, ^L draws anew. M-U is Alt-U, or Esc and then U. Nothing is saved before ^O.";

  private final Terminal terminal;
  private final Editing editing;
  private final TextBuffer buffer;
  private final EditorScreen screen;
  private final BindingReader reader;
  private final KeyMap<Action> keys;
  private String searched = "";

  private TextEditor(Terminal terminal, Editing editing) {
    this.terminal = terminal;
    this.editing = editing;
    buffer = new TextBuffer(editing.text());
    screen = new EditorScreen(terminal, editing.title(), buffer, editing.original());
    reader = new BindingReader(terminal.reader());
    keys = EditorKeys.of(terminal);
  }

  /** Whether a text can be edited there: the cursor must be movable. */
  public static boolean works(Terminal terminal) {
    return terminal.getStringCapability(Capability.cursor_address) != null;
  }

  /**
   * Edits until the person leaves, or has gone. The terminal is as before then.
   *
   * @throws UserError if the text is too long
   */
  public static Edited edit(Terminal terminal, Editing editing) {
    if (editing.text().length() > TextBuffer.MOST) {
      throw UserError.usage("the text is too long for the editor; give it on stdin, without ssh -t");
    }
    return new TextEditor(terminal, editing).run();
  }

  private Edited run() {
    var before = terminal.enterRawMode();
    var attributes = terminal.getAttributes();
    // Ctrl-C and Ctrl-Z are keys here.
    attributes.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(attributes);
    var handler = terminal.handle(Signal.WINCH, _ -> resized());
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.writer().write(PASTE_MARKS_ON);
    try {
      begin();
      return work();
    } catch (EndOfFileException | IOError e) {
      return lost();
    } finally {
      terminal.handle(Signal.WINCH, handler);
      terminal.writer().write(PASTE_MARKS_OFF);
      terminal.puts(Capability.keypad_local);
      terminal.puts(Capability.exit_ca_mode);
      terminal.flush();
      terminal.setAttributes(before);
    }
  }

  private synchronized void begin() {
    buffer.goTo(editing.line() - 1, editing.column() - 1);
    screen.say(editing.message());
    screen.resize();
    screen.draw();
  }

  private synchronized void resized() {
    screen.resize();
    screen.draw();
  }

  private Edited work() {
    while (true) {
      var action = next();
      if (action == Action.PASTE) {
        paste();
      } else if (action == Action.ACCEPT) {
        return accepted();
      } else if (action == Action.LEAVE) {
        var left = leave();
        if (left.isPresent()) {
          return left.get();
        }
      } else if (action == Action.SEARCH) {
        search();
      } else if (action == Action.GO_TO) {
        goTo();
      } else {
        act(action);
      }
    }
  }

  /** Draws when nobody has typed ahead: a paste of many lines is drawn once. */
  private Action next() {
    if (reader.peekCharacter(1) < 0) {
      synchronized (this) {
        screen.draw();
      }
    }
    var action = reader.readBinding(keys);
    if (action == null) {
      throw new EndOfFileException();
    }
    synchronized (this) {
      screen.say("");
    }
    return action;
  }

  private synchronized void act(Action action) {
    switch (action) {
      case INSERT -> insert(reader.getLastBinding());
      case ENTER -> insert("\n");
      case TAB -> insert(TAB);
      case ERASE_BEFORE -> buffer.eraseBefore();
      case ERASE_AFTER -> buffer.eraseAfter();
      case LEFT -> buffer.left();
      case RIGHT -> buffer.right();
      case UP -> screen.up(1);
      case DOWN -> screen.down(1);
      case PAGE_UP -> screen.up(screen.page());
      case PAGE_DOWN -> screen.down(screen.page());
      case HOME -> buffer.goTo(buffer.row(), 0);
      case END -> buffer.end();
      case FIRST_LINE -> buffer.goTo(0, 0);
      case LAST_LINE -> buffer.goTo(buffer.rows().size(), 0);
      case CUT -> buffer.cutRow();
      case PUT_BACK -> tellUnless(buffer.putBack(), NO_ROOM);
      case UNDO -> tellUnless(buffer.undo(), "there is nothing to undo");
      case SEARCH_NEXT -> find();
      case WHERE -> where();
      case HELP -> screen.say(HELP);
      case REDRAW -> screen.resize();
      case PASTE, ACCEPT, LEAVE, SEARCH, GO_TO -> throw new AssertionError(action);
      case NOTHING -> screen.say("that key does nothing here; ^G tells which do");
    }
  }

  private void insert(String text) {
    tellUnless(buffer.insert(text), NO_ROOM);
  }

  private void tellUnless(boolean done, String otherwise) {
    if (!done) {
      screen.say(otherwise);
    }
  }

  private void where() {
    screen.say(
        "line %d of %d, column %d; ^X leaves"
            .formatted(buffer.row() + 1, buffer.rows().size(), buffer.column() + 1));
  }

  /** Reads up to the mark of its end. What is too much for a text is read too, and dropped. */
  private void paste() {
    var text = new StringBuilder();
    var fits = true;
    while (!endsWithMark(text)) {
      var c = reader.readCharacter();
      if (c < 0) {
        throw new EndOfFileException();
      }
      text.appendCodePoint(c);
      if (text.length() > TextBuffer.MOST) {
        fits = false;
        text.delete(0, text.length() - EditorKeys.PASTE_ENDS.length());
      }
    }
    text.setLength(text.length() - EditorKeys.PASTE_ENDS.length());
    synchronized (this) {
      tellUnless(fits && buffer.insert(text.toString()), NO_ROOM);
    }
  }

  private static boolean endsWithMark(StringBuilder text) {
    var from = text.length() - EditorKeys.PASTE_ENDS.length();
    return from >= 0 && text.indexOf(EditorKeys.PASTE_ENDS, from) >= 0;
  }

  private synchronized Edited accepted() {
    return new Edited.Accepted(buffer.text());
  }

  private synchronized Edited lost() {
    return new Edited.Lost(buffer.text());
  }

  private synchronized boolean isChanged() {
    return !buffer.text().equals(editing.original());
  }

  private Optional<Edited> leave() {
    if (!isChanged()) {
      return Optional.of(new Edited.Left());
    }
    var answer =
        prompt(
            "Take the text? Y takes it, N throws away what you have changed, ^C goes on: ",
            typed -> typed.matches("(?i)[yn]"));
    return answer.map(
        a -> a.equalsIgnoreCase("y") ? accepted() : new Edited.Left());
  }

  private void search() {
    var question = searched.isEmpty() ? "Search: " : "Search [%s]: ".formatted(searched);
    prompt(question, _ -> false)
        .ifPresent(
            words -> {
              searched = words.isEmpty() ? searched : words;
              find();
            });
  }

  private synchronized void find() {
    tellUnless(!searched.isEmpty() && buffer.find(searched), "that is nowhere in the text");
  }

  private void goTo() {
    prompt("Line: ", _ -> false)
        .filter(typed -> typed.matches("[0-9]{1,9}"))
        .ifPresent(
            typed -> {
              synchronized (this) {
                buffer.goTo(Integer.parseInt(typed) - 1, 0);
              }
            });
  }

  /**
   * Asks in the line of messages.
   *
   * @param enough whether what is typed is an answer without Enter
   * @return empty if the person does not answer
   */
  private Optional<String> prompt(String question, Predicate<String> enough) {
    var typed = new StringBuilder();
    Consumer<String> show =
        text -> {
          synchronized (this) {
            screen.ask(question + text);
            screen.draw();
          }
        };
    while (!enough.test(typed.toString())) {
      show.accept(typed.toString());
      var action = reader.readBinding(keys);
      if (action == null) {
        throw new EndOfFileException();
      }
      switch (action) {
        case INSERT -> typed.append(typed.length() < 100 ? reader.getLastBinding() : "");
        case ERASE_BEFORE -> typed.setLength(Math.max(0, typed.length() - 1));
        case ENTER -> {
          return answered(typed.toString());
        }
        case WHERE, LEAVE -> {
          return answered(null);
        }
        default -> {}
      }
    }
    return answered(typed.toString());
  }

  private synchronized Optional<String> answered(@Nullable String typed) {
    screen.say("");
    return Optional.ofNullable(typed);
  }
}
