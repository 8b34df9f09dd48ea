package dev.gatehouse.directory;

import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.directory.following.RemoteDirectoryContract;

/** Out of a copy that is read again and again. */
final class PolledDirectoryIT extends RemoteDirectoryContract {
  PolledDirectoryIT() {
    super(Slapd.Setup.PLAIN);
  }
}
