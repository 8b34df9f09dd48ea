package dev.gatehouse.directory;

/** Out of a copy that is read again and again. */
final class PolledDirectoryIT extends RemoteDirectoryContract {
  PolledDirectoryIT() {
    super(Slapd.Setup.PLAIN);
  }
}
