package dev.gatehouse.console.commands.type;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on machine types. */
public final class TypeCommands {
  public static final Group GROUP =
      new Group(
          "type",
          "Machine types",
          List.of(
              new Entry(TypeList.ABOUT, TypeList::new),
              new Entry(TypeShow.ABOUT, TypeShow::new),
              new Entry(TypeAdd.ABOUT, TypeAdd::new),
              new Entry(TypeEdit.ABOUT, TypeEdit::new),
              new Entry(TypeRemove.ABOUT, TypeRemove::new)));

  private TypeCommands() {}
}
