package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;

final class HostKeySshfp implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "hostkey sshfp",
          Access.ADMINISTRATOR,
          "Print DNS records for the host keys, as ssh-keygen -r does",
          "hostkey sshfp");

  @Override
  public void run(Call call) {
    var host = call.services().host();
    var records =
        call.services().hostKeys().all().stream()
            .flatMap(k -> HostKeyView.sshfp(k.key(), host).stream())
            .toList();
    if (call.format() == Screen.Format.JSON) {
      call.show(Table.of(records).column("record", Value::of).whenEmpty(""));
    } else {
      records.forEach(r -> call.screen().print(Line.of(r)));
    }
  }
}
