package dev.gatehouse.trial;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.file.FolderLock;
import dev.gatehouse.install.Installation;
import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.name.Username;
import dev.gatehouse.server.DirectoryBackend;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The people of a gateway to try, and how whoever started it comes in.
 *
 * @param username the caller's
 * @param identities the private keys that let them in, as far as this knows
 * @param known whether they can log in by that name
 * @param sentence who they are and who the administrators are, for the welcome
 */
record Entrance(
    DirectoryBackend directoryBackend,
    Username username,
    List<Path> identities,
    boolean known,
    String sentence) {
  /** The name of the lock that keeps a second gateway out of the state folder. */
  private static final String LOCK = "directory.ldif.lock";

  /** To the directory that the definition names, else to one inside this process. */
  static Entrance open(LiveDefinition live, PrivateFolder folder, InstantSource clock) {
    var definition = live.get();
    return definition.directory().ldap().isPresent()
        ? toServers(live, folder, clock)
        : toEmbedded(definition, folder, clock);
  }

  private static Entrance toEmbedded(
      ClusterDefinition definition, PrivateFolder folder, InstantSource clock) {
    // First, because it keeps a second gateway out of the folder.
    var directory =
        EmbeddedDirectory.open(
            Installation.find().config("people.ldif"), folder.file("directory.ldif"), clock);
    var user = OsUser.find(folder);
    directory.ensurePerson(
        user.username(), user.displayName(), user.keys(), definition.directory().administrators());
    return new Entrance(
        DirectoryBackend.of(directory),
        user.username(),
        user.identities(),
        true,
        "and you are %s, an administrator.".formatted(user.username()));
  }

  /** Nobody is added there: the people of a site are not this gateway's to make. */
  private static Entrance toServers(
      LiveDefinition definition, PrivateFolder folder, InstantSource clock) {
    var lock = FolderLock.take(folder.file(LOCK));
    var directoryBackend =
        DirectoryBackend.open(definition, folder.path(), clock).closingToo(lock::close);
    var username = OsUser.name();
    var found = directoryBackend.directory().person(username);
    return new Entrance(
        directoryBackend,
        username,
        List.of(),
        !(found instanceof PersonLookup.Unknown),
        sentence(definition.get(), username, found));
  }

  private static String sentence(
      ClusterDefinition definition, Username username, PersonLookup found) {
    var administrators = definition.directory().administrators();
    var servers = definition.directory().ldap().orElseThrow().servers();
    var you =
        switch (found) {
          case PersonLookup.Found(var person) ->
              "you are %s there, %s administrator"
                  .formatted(username, person.groups().contains(administrators) ? "an" : "and no");
          case PersonLookup.Unknown() ->
              "nobody there is called %s, so say your name with -l".formatted(username);
          case PersonLookup.Unavailable(var why) ->
              "it does not answer now (%s), and until it does nobody gets in"
                  .formatted(Quote.plain(why));
        };
    return """
    with the people of %s:
    %s.
    Administrators are the members of its group %s, and all log in with the keys
    and passwords that they have there.\
    """
        .formatted(servers.getFirst(), you, administrators);
  }
}
