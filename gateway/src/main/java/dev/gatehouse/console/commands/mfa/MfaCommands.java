package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on the second factor. */
public final class MfaCommands {
  public static final Group GROUP =
      new Group(
          "mfa",
          "Your second factor",
          List.of(
              new Entry(MfaStatus.ABOUT, MfaStatus::new),
              new Entry(MfaEnrol.ABOUT, MfaEnrol::new),
              new Entry(MfaCodes.ABOUT, MfaCodes::new),
              new Entry(MfaDisable.ABOUT, MfaDisable::new),
              new Entry(MfaReset.ABOUT, MfaReset::new)));

  private MfaCommands() {}
}
