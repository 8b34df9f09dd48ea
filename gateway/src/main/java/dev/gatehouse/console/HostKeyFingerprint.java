package dev.gatehouse.console;

final class HostKeyFingerprint implements Command {
  static final About ABOUT =
      new About(
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
