package dev.gatehouse.console;

final class HostKeyFingerprint implements Command {
  static final About ABOUT =
      new About(
          "hostkey fingerprint",
          Access.ANYBODY,
          "Show the fingerprints that ssh asks about at a first login",
          "hostkey fingerprint");

  @Override
  public void run(Call call) {
    call.show(
        Table.of(call.services().hostKeys().all())
            .column("fingerprint", k -> Value.of(k.key().fingerprint()))
            .whole()
            .column("type", k -> Value.of(k.key().type()))
            .whenEmpty("There are none."));
  }
}
