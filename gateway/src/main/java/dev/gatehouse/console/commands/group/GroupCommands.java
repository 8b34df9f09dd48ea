package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on groups. */
public final class GroupCommands {
  public static final Group GROUP =
      new Group(
          "group",
          "Groups",
          List.of(
              new Entry(GroupList.ABOUT, GroupList::new),
              new Entry(GroupShow.ABOUT, GroupShow::new),
              new Entry(GroupAdd.ABOUT, GroupAdd::new),
              new Entry(GroupRename.ABOUT, GroupRename::new),
              new Entry(GroupRemove.ABOUT, GroupRemove::new),
              new Entry(GroupMembers.ABOUT, GroupMembers::new)));

  private GroupCommands() {}
}
