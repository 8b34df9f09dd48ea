package dev.gatehouse.console;

import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** An administrators' command as those to come will be; it also fails on request. */
final class AdminProbe implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo("probe run", Access.ADMINISTRATOR, "Run a probe", "probe run one");

  static final CommandTable TABLE =
      new CommandTable(
          Stream.concat(
                  GateCommands.TABLE.groups().stream(),
                  Stream.of(
                      new CommandTable.Group(
                          "probe",
                          "Probes",
                          List.of(new CommandTable.Entry(ABOUT, AdminProbe::new)))))
              .toList());

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Override
  public void run(Call call) {
    if (name.equals("bug")) {
      throw new IllegalStateException("password=hunter2");
    }
    call.show(new Result.Outcome("Done.", Result.Details.of(Result.field("name", Value.of(name)))));
  }
}
