package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on the gateway's host keys. */
public final class HostKeyCommands {
  public static final Group GROUP =
      new Group(
          "hostkey",
          "The gateway's own keys",
          List.of(
              new Entry(HostKeyList.ABOUT, HostKeyList::new),
              new Entry(HostKeyFingerprint.ABOUT, HostKeyFingerprint::new),
              new Entry(HostKeySshfp.ABOUT, HostKeySshfp::new),
              new Entry(HostKeyRotate.ABOUT, HostKeyRotate::new),
              new Entry(HostKeyRetire.ABOUT, HostKeyRetire::new)));

  private HostKeyCommands() {}
}
