package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.HostKeyring;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import java.util.Locale;

final class HostKeyList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "hostkey list", Access.ANYBODY, "List the gateway's own public keys", "hostkey list");

  @Override
  public void run(Call call) {
    call.show(
        Table.of(call.services().hostKeys().all())
            .column("type", k -> Value.of(k.key().type()))
            .column("fingerprint", Table.Fit.WHOLE, k -> Value.of(k.key().fingerprint()))
            .column("state", HostKeyList::state)
            .column("made", k -> new Value.Moment(k.made()))
            .whenEmpty("There are none."));
  }

  private static Value state(HostKeyring.HostKey key) {
    return new Value.State(
        key.state().name().toLowerCase(Locale.ROOT),
        key.state() == HostKeyring.State.CURRENT ? Line.Style.GOOD : Line.Style.BUSY);
  }
}
