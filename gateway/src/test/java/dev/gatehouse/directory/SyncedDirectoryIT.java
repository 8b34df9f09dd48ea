package dev.gatehouse.directory;

/** Out of a copy that the server keeps up to date. */
final class SyncedDirectoryIT extends RemoteDirectoryContract {
  SyncedDirectoryIT() {
    super(Slapd.Setup.SYNCING);
  }
}
