package dev.gatehouse.console.commands.app;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.name.AppName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class AppHide implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "app hide",
          Access.ADMINISTRATOR,
          "Let nobody reach an app any more; it goes on running",
          "app hide grafana --yes");

  @Parameters(paramLabel = "NAME", description = "The app.")
  private AppName name;

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    new DefinitionChange(call, options, "app hide " + name)
        .run(List.of(new Edit.Remove(AppExpose.path(name))));
  }
}
