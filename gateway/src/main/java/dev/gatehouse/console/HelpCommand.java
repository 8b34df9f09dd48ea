package dev.gatehouse.console;

import java.util.List;
import picocli.CommandLine.Parameters;

final class HelpCommand implements Command {
  static final About ABOUT =
      new About(
          "help",
          Access.ANYBODY,
          "Show all commands, or how to use one",
          "help",
          "help workspace start");

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command to explain.")
  private List<String> words = List.of();

  @Override
  public void run(Call call) {
    if (call.format() == Screen.Format.JSON) {
      call.show(commands(call));
    } else {
      HelpPages.of(call).about(words).forEach(call.screen()::print);
    }
  }

  private static Table commands(Call call) {
    var visible = call.table().visibleTo(call.person(), call.services().admission());
    return Table.of(visible.entries().stream().map(CommandTable.Entry::about).toList())
        .column("command", a -> Value.of(a.name()))
        .column("summary", a -> Value.of(a.summary()))
        .whenEmpty("");
  }
}
