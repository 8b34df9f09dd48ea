package dev.gatehouse.console;

final class GroupList implements Command {
  static final About ABOUT =
      new About("group list", Access.ADMINISTRATOR, "List the groups", "group list");

  @Override
  public void run(Call call) {
    call.show(
        Table.of(call.services().people().groups())
            .column("group", g -> Value.of(g.name()))
            .column("gid", g -> new Value.Count(g.gidNumber()))
            .column("members", g -> Value.of(g.members()))
            .whenEmpty("No groups."));
  }
}
