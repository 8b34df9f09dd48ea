package dev.gatehouse.directory;

/** Each question put to the server. */
final class SlapdDirectoryIT extends RemoteDirectoryContract {
  SlapdDirectoryIT() {
    super(Slapd.Setup.PLAIN);
  }

  @Override
  Directory directory() {
    return remote().direct();
  }
}
