package dev.gatehouse.console;

final class HostKeySshfp implements Command {
  static final About ABOUT =
      new About(
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
