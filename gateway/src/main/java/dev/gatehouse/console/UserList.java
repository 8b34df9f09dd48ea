package dev.gatehouse.console;

final class UserList implements Command {
  static final About ABOUT =
      new About("user list", Access.ADMINISTRATOR, "List the people", "user list");

  @Override
  public void run(Call call) {
    call.show(PersonView.table(call.services().people().people()));
  }
}
