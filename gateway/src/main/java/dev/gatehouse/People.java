package dev.gatehouse;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.EmbeddedDirectory;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.RemoteDirectory;
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
record People(Directory directory, PeopleAdministration administration, Runnable closing)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(People.class);

  /**
   * Opens it. Servers need not answer yet.
   *
   * @param state for the one inside this process
   */
  static People open(ClusterDefinition definition, Path state, InstantSource clock) {
    return definition
        .directory()
        .ldap()
        .map(ldap -> of(RemoteDirectory.open(ldap, clock)))
        .orElseGet(() -> embedded(state, clock));
  }

  private static People of(RemoteDirectory remote) {
    return new People(remote.directory(), remote.administration(), remote::close);
  }

  private static People embedded(Path state, InstantSource clock) {
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
  static People of(EmbeddedDirectory embedded) {
    return new People(embedded.directory(), embedded.administration(), embedded::close);
  }

  /** These, and something that ends with them. */
  People closingToo(Runnable other) {
    return new People(
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
