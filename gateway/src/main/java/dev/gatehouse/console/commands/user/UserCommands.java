package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on people. */
public final class UserCommands {
  public static final Group GROUP =
      new Group(
          "user",
          "People",
          List.of(
              new Entry(UserList.ABOUT, UserList::new),
              new Entry(UserShow.ABOUT, UserShow::new),
              new Entry(UserAdd.ABOUT, UserAdd::new),
              new Entry(UserEdit.ABOUT, UserEdit::new),
              new Entry(UserRemove.ABOUT, UserRemove::new),
              new Entry(UserDisable.ABOUT, UserDisable::new),
              new Entry(UserEnable.ABOUT, UserEnable::new),
              new Entry(UserImport.ABOUT, UserImport::new),
              new Entry(UserExport.ABOUT, UserExport::new)));

  private UserCommands() {}
}
