package dev.gatehouse.console.editor;

import static org.jline.keymap.KeyMap.alt;
import static org.jline.keymap.KeyMap.ctrl;
import static org.jline.keymap.KeyMap.key;

import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** What each key does: nano's keys, without those that open, write or run something. */
final class EditorKeys {
  static final String PASTE_BEGINS = "\u001b[200~";
  static final String PASTE_ENDS = "\u001b[201~";

  /** So long the rest of a key may take that begins with ESC, in milliseconds. */
  private static final long ESCAPE_TIME = 500;

  private static final int FIRST_PRINTABLE = ' ';
  private static final int LAST_ASCII = '~';

  enum Action {
    INSERT,
    ENTER,
    TAB,
    PASTE,
    ERASE_BEFORE,
    ERASE_AFTER,
    LEFT,
    RIGHT,
    UP,
    DOWN,
    HOME,
    END,
    PAGE_UP,
    PAGE_DOWN,
    FIRST_LINE,
    LAST_LINE,
    CUT,
    PUT_BACK,
    UNDO,
    SEARCH,
    SEARCH_NEXT,
    GO_TO,
    WHERE,
    HELP,
    REDRAW,
    ACCEPT,
    LEAVE,
    NOTHING
  }

  private EditorKeys() {}

  static KeyMap<Action> of(Terminal terminal) {
    var keys = new KeyMap<Action>();
    keys.setUnicode(Action.INSERT);
    keys.setNomatch(Action.NOTHING);
    keys.setAmbiguousTimeout(ESCAPE_TIME);
    for (var c = FIRST_PRINTABLE; c <= LAST_ASCII; c++) {
      keys.bind(Action.INSERT, Character.toString(c));
    }
    keys.bind(Action.ENTER, "\r", "\n");
    keys.bind(Action.TAB, "\t");
    keys.bind(Action.PASTE, PASTE_BEGINS);
    moves(keys, terminal);
    keys.bind(Action.ERASE_BEFORE, "\u007f", ctrl('H'));
    bind(keys, terminal, Action.ERASE_AFTER, Capability.key_dc, "\u001b[3~", ctrl('D'));
    keys.bind(Action.CUT, ctrl('K'));
    keys.bind(Action.PUT_BACK, ctrl('U'));
    keys.bind(Action.UNDO, alt('u'), alt('U'), ctrl('Z'));
    keys.bind(Action.SEARCH, ctrl('W'), ctrl('F'));
    keys.bind(Action.SEARCH_NEXT, alt('w'), alt('W'));
    keys.bind(Action.GO_TO, "\u001f", alt('g'), alt('G'));
    keys.bind(Action.WHERE, ctrl('C'));
    keys.bind(Action.HELP, ctrl('G'));
    keys.bind(Action.REDRAW, ctrl('L'));
    keys.bind(Action.ACCEPT, ctrl('O'), ctrl('S'));
    keys.bind(Action.LEAVE, ctrl('X'), ctrl('Q'));
    return keys;
  }

  private static void moves(KeyMap<Action> keys, Terminal terminal) {
    bind(keys, terminal, Action.LEFT, Capability.key_left, "\u001b[D", "\u001bOD", ctrl('B'));
    bind(keys, terminal, Action.RIGHT, Capability.key_right, "\u001b[C", "\u001bOC");
    bind(keys, terminal, Action.UP, Capability.key_up, "\u001b[A", "\u001bOA", ctrl('P'));
    bind(keys, terminal, Action.DOWN, Capability.key_down, "\u001b[B", "\u001bOB", ctrl('N'));
    bind(keys, terminal, Action.HOME, Capability.key_home, "\u001b[H", "\u001b[1~", ctrl('A'));
    bind(keys, terminal, Action.END, Capability.key_end, "\u001b[F", "\u001b[4~", ctrl('E'));
    bind(keys, terminal, Action.PAGE_UP, Capability.key_ppage, "\u001b[5~", ctrl('Y'));
    bind(keys, terminal, Action.PAGE_DOWN, Capability.key_npage, "\u001b[6~", ctrl('V'));
    keys.bind(Action.FIRST_LINE, alt('\\'), "\u001b[1;5H");
    keys.bind(Action.LAST_LINE, alt('/'), "\u001b[1;5F");
  }

  private static void bind(
      KeyMap<Action> keys,
      Terminal terminal,
      Action action,
      Capability capability,
      String... others) {
    var own = key(terminal, capability);
    if (own != null) {
      keys.bind(action, own);
    }
    keys.bind(action, others);
  }
}
