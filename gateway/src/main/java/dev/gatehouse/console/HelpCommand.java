package dev.gatehouse.console;

import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import java.util.List;
import picocli.CommandLine.Parameters;

public final class HelpCommand implements Command {
  public static final CommandInfo ABOUT =
      new CommandInfo(
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
    return Table.of(visible.entries().stream().map(CommandTable.Entry::commandInfo).toList())
        .column("command", a -> Value.of(a.name()))
        .column("summary", a -> Value.of(a.summary()))
        .whenEmpty("");
  }
}
