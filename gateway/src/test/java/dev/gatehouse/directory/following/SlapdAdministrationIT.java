package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.cluster.LdapSettings.Range;
import dev.gatehouse.directory.AdministrationContract;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same changes in OpenLDAP's own server, behind StartTLS. */
final class SlapdAdministrationIT extends AdministrationContract {
  @TempDir Path folder;
  private Slapd slapd;
  private RemoteDirectory remote;

  @BeforeEach
  void start() {
    Slapd.require();
    slapd = Slapd.start(folder, seed(), Slapd.Setup.SYNCING);
    remote = RemoteDirectory.open(slapd.settings(), InstantSource.system());
  }

  @AfterEach
  void stop() {
    if (slapd != null) {
      remote.close();
      slapd.close();
    }
  }

  @Override
  public PeopleAdministration people() {
    return remote.administration();
  }

  @Override
  public PeopleAdministration.SelfService self() {
    return remote.selfService();
  }

  @Override
  public Directory directory() {
    return remote.direct();
  }

  /** Two gateways, each with an administrator who adds a class. */
  @Test
  void add_fiftyPeopleByTwoAdministrationsAtOnce_getNumbersOfTheirOwn() {
    people().add(new NewPerson(new Username("first"), "", Set.of(), List.of()));
    try (var other = RemoteDirectory.open(slapd.settings(), InstantSource.system());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var added =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              (i % 2 == 0 ? people() : other.administration())
                                  .add(
                                      new NewPerson(new Username("p" + i), "", Set.of(), List.of()))
                                  .uidNumber()))
              .toList();
      assertThat(added.stream().map(SlapdAdministrationIT::result))
          .hasSize(50)
          .doesNotHaveDuplicates();
    }
  }

  /** Whose files may be left somewhere. */
  @Test
  void add_afterARemoval_doesNotGetTheNumberOfWhoWasRemoved() {
    var ada = people().add(new NewPerson(new Username("ada"), "", Set.of(), List.of()));
    people().remove(ada.username());
    var bob = people().add(new NewPerson(new Username("bob"), "", Set.of(), List.of()));
    assertThat(bob.uidNumber()).isGreaterThan(ada.uidNumber());
  }

  @Test
  void add_rangeIsUsedUp_isRefused() {
    var s = slapd.settings();
    var few =
        new LdapSettings(
            s.servers(),
            s.startTls(),
            s.ca(),
            s.bind(),
            s.timeout(),
            false,
            s.schema(),
            new Ids(new Range(20000, 20001), Ids.DEFAULT.groups()),
            s.cache());
    try (var other = RemoteDirectory.open(few, InstantSource.system())) {
      for (var name : List.of("a", "b")) {
        other.administration().add(new NewPerson(new Username(name), "", Set.of(), List.of()));
      }
      assertThatThrownBy(
              () ->
                  other
                      .administration()
                      .add(new NewPerson(new Username("c"), "", Set.of(), List.of())))
          .hasMessage("no number from 20000 to 20001 is left (directory-ids)");
    }
  }

  @Test
  void change_byAGatewayThatMayOnlyRead_saysSo() throws IOException {
    people().add(new NewPerson(new Username("reader"), "", Set.of(), List.of()));
    people().setPassword(new Username("reader"), "may read");
    var s = slapd.settings();
    var password = Files.writeString(folder.resolve("reader-password"), "may read");
    var bind = new Bind.Simple("uid=reader," + ContractSeed.PEOPLE, password);
    try (var reader = RemoteDirectory.open(with(s, bind, false), InstantSource.system());
        var declared = RemoteDirectory.open(with(s, s.bind(), true), InstantSource.system())) {
      for (var directory : List.of(reader, declared)) {
        assertThat(directory.administration().people()).hasSize(1);
        assertThatThrownBy(
                () -> directory.administration().setDisabled(new Username("reader"), true))
            .hasMessageContaining("does not let the gateway change this")
            .hasMessageContaining("(directory-read-only)");
      }
    }
  }

  private static LdapSettings with(LdapSettings s, Bind bind, boolean readOnly) {
    return new LdapSettings(
        s.servers(),
        s.startTls(),
        s.ca(),
        bind,
        s.timeout(),
        readOnly,
        s.schema(),
        s.ids(),
        s.cache());
  }

  private static int result(Future<Integer> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
