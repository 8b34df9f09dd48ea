package dev.gatehouse.console.commands.keys;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on SSH keys. */
public final class KeysCommands {
  public static final Group GROUP =
      new Group(
          "keys",
          "Keys",
          List.of(
              new Entry(KeysList.ABOUT, KeysList::new),
              new Entry(KeysAdd.ABOUT, KeysAdd::new),
              new Entry(KeysRemove.ABOUT, KeysRemove::new),
              new Entry(KeysAudit.ABOUT, KeysAudit::new)));

  private KeysCommands() {}
}
