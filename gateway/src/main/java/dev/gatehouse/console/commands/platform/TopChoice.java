package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.SortKey;
import dev.gatehouse.console.terminal.Key;

/**
 * What the person wants to see of it.
 *
 * @param connections the list of connections in place of that of workspaces
 * @param first how many rows of it are above the screen
 */
record TopChoice(SortKey order, boolean reversed, boolean connections, int first) {
  TopChoice(SortKey order) {
    this(order, false, false, 0);
  }

  /** After a key; the same if it means nothing. */
  TopChoice after(Key key) {
    if (key.equals(Key.UP)) {
      return new TopChoice(order, reversed, connections, Math.max(0, first - 1));
    }
    if (key.equals(Key.DOWN)) {
      return new TopChoice(order, reversed, connections, first + 1);
    }
    if (key.equals(Key.TAB)) {
      return new TopChoice(order, reversed, !connections, 0);
    }
    if (key.name().equals("r")) {
      return new TopChoice(order, !reversed, connections, 0);
    }
    return SortKey.ofKey(key.name()).map(o -> new TopChoice(o, false, connections, 0)).orElse(this);
  }

  /** Scrolled no further than there is something to see. */
  TopChoice within(int rows, int visible) {
    return new TopChoice(
        order, reversed, connections, Math.clamp(first, 0, Math.max(0, rows - visible)));
  }
}
