package dev.gatehouse.directory.following;

import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.embedded.Slapd;

/** Each question put to the server. */
final class SlapdDirectoryIT extends RemoteDirectoryContract {
  SlapdDirectoryIT() {
    super(Slapd.Setup.PLAIN);
  }

  @Override
  public Directory directory() {
    return remote().direct();
  }
}
