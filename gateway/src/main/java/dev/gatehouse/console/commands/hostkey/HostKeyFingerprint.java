package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;

final class HostKeyFingerprint implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "hostkey fingerprint",
          Access.ANYBODY,
          "Print the host keys' fingerprints as ssh-keygen -l does",
          "hostkey fingerprint");

  @Override
  public void run(Call call) {
    var host = call.services().host();
    var keys = call.services().hostKeys().all();
    if (call.format() == Screen.Format.JSON) {
      call.show(HostKeyView.table(keys));
    } else {
      keys.forEach(k -> call.screen().print(Line.of(HostKeyView.fingerprint(k.key(), host))));
    }
  }
}
