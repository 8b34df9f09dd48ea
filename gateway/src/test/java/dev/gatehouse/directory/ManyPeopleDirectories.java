package dev.gatehouse.directory;

import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.testkit.Folders;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Directories that are to be filled, for measurements. */
public final class ManyPeopleDirectories {
  private ManyPeopleDirectories() {}

  /** One inside this process. */
  public static void embedded(Consumer<PeopleAdministration> use) {
    var folder = Folders.temporary();
    var seed = Folders.write(folder.resolve("seed.ldif"), AdministrationContract.seed());
    var state = folder.resolve("state/directory.ldif");
    try (var embedded = EmbeddedDirectory.open(seed, state, InstantSource.system())) {
      use.accept(embedded.administration());
    } finally {
      Folders.delete(folder);
    }
  }

  /** A slapd as it is deployed, and a gateway that follows it. */
  public static void slapd(Consumer<PeopleAdministration> use) {
    var folder = Folders.temporary();
    try (var slapd = SlapdHome.in(folder, AdministrationContract.seed()).start();
        var remote = RemoteDirectory.open(slapd.home().settings(), InstantSource.system())) {
      Until.holds(() -> remote.copied().isPresent());
      use.accept(remote.administration());
    } finally {
      Folders.delete(folder);
    }
  }
}
