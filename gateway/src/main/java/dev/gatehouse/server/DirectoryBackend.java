package dev.gatehouse.server;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.install.Installation;
import dev.gatehouse.install.PrivateFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that the definition names: a site's own servers, or one inside this process.
 *
 * @param closing what ends it
 */
public record DirectoryBackend(
    Directory directory, PeopleAdministration administration, Runnable closing)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryBackend.class);

  /**
   * Opens it. Servers need not answer yet; they are exchanged when the definition names others.
   *
   * @param state for the one inside this process
   */
  public static DirectoryBackend open(LiveDefinition definition, Path state, InstantSource clock) {
    return definition.get().directory().ldap().isPresent()
        ? new LiveDirectory(definition, clock).backend()
        : embedded(state, clock);
  }

  static DirectoryBackend of(RemoteDirectory remote) {
    return new DirectoryBackend(remote.directory(), remote.administration(), remote::close);
  }

  private static DirectoryBackend embedded(Path state, InstantSource clock) {
    LOG.warn(
        "[directory-embedded] there is no directory.ldap: people live inside this process, in {}."
            + " That is for one replica only, and for as long as the folder lives",
        state);
    var folder = PrivateFolder.open(Optional.of(state));
    var embedded =
        EmbeddedDirectory.open(
            Installation.find().config("people.ldif"), folder.file("directory.ldif"), clock);
    return of(embedded);
  }

  /** One inside this process. */
  public static DirectoryBackend of(EmbeddedDirectory embedded) {
    return new DirectoryBackend(embedded.directory(), embedded.administration(), embedded::close);
  }

  /** These, and something that ends with them. */
  public DirectoryBackend closingToo(Runnable other) {
    return new DirectoryBackend(
        directory,
        administration,
        () -> {
          closing.run();
          other.run();
        });
  }

  @Override
  public void close() {
    closing.run();
  }
}
